import { Module } from '@nestjs/common';
import { RedactionController } from './redaction.controller.js';
import { RedactionRulesService } from './redaction-rules.service.js';

@Module({ controllers: [RedactionController], providers: [RedactionRulesService] })
export class RedactionModule {}

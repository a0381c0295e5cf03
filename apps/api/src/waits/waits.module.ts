import { Module } from '@nestjs/common';
import { WaitsService } from './waits.service.js';

@Module({ providers: [WaitsService], exports: [WaitsService] })
export class WaitsModule {}

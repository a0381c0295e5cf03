import { Module } from '@nestjs/common';
import { FormSource } from './form-source.service.js';
import { FormsService } from './forms.service.js';

@Module({ providers: [FormSource, FormsService], exports: [FormsService] })
export class FormsModule {}

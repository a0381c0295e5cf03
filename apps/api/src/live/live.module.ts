import { Module } from '@nestjs/common';
import { LiveStreams } from './live-streams.service.js';
import { LiveController } from './live.controller.js';

@Module({ controllers: [LiveController], providers: [LiveStreams] })
export class LiveModule {}

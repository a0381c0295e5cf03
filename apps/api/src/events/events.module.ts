import { Module } from '@nestjs/common';
import { EventBodies } from './event-bodies.js';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';
import { VisibleEvents } from './visible-events.js';

@Module({
  controllers: [EventsController],
  providers: [EventBodies, EventsService, VisibleEvents],
  exports: [EventBodies, VisibleEvents],
})
export class EventsModule {}

import { Module } from '@nestjs/common';
import { EventBodies } from './event-bodies.js';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';

@Module({
  controllers: [EventsController],
  providers: [EventBodies, EventsService],
  exports: [EventBodies],
})
export class EventsModule {}

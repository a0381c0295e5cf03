import { Module } from '@nestjs/common';
import { EndpointTestController } from './endpoint-test.controller.js';
import { EndpointTestService } from './endpoint-test.service.js';
import { EventBodies } from './event-bodies.js';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';

@Module({
  controllers: [EndpointTestController, EventsController],
  providers: [EndpointTestService, EventBodies, EventsService],
  exports: [EventBodies],
})
export class EventsModule {}

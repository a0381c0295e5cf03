import { Module } from '@nestjs/common';
import { EndpointVault } from './endpoint-vault.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointsService } from './endpoints.service.js';

@Module({
  controllers: [EndpointsController],
  providers: [EndpointVault, EndpointsService],
  exports: [EndpointsService],
})
export class EndpointsModule {}

import { Module } from '@nestjs/common';
import { ConnectionTester } from './connection-test.service.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionsService } from './connections.service.js';

@Module({ controllers: [ConnectionsController], providers: [ConnectionTester, ConnectionsService] })
export class ConnectionsModule {}

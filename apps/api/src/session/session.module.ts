import { Module } from '@nestjs/common';
import { LoginService } from './login.service.js';
import { SessionController } from './session.controller.js';
import { SetupService } from './setup.service.js';

@Module({
  controllers: [SessionController],
  providers: [LoginService, SetupService],
  exports: [SetupService],
})
export class SessionModule {}

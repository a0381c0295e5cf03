import { ServerView } from '@hookloom/contracts';
import { Controller, Get } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { Operation } from '../http/operation.js';

/** What those who work on this server may know of how it is set up. */
@Controller('server')
export class ServerController {
  constructor(private readonly parts: AppParts) {}

  @Get()
  @Operation({ access: 'read', summary: 'Where senders reach this server', answer: ServerView })
  get(): ServerView {
    return { publicUrl: this.parts.config.publicUrl };
  }
}

import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { AppParts } from '../app-parts.js';
import { Operation } from '../http/operation.js';
import { buildOpenApi } from './openapi-document.js';
import type { JsonSchema } from './schema-components.js';

/** The document of this API, as this server serves it. */
@Controller('openapi.json')
export class OpenApiController {
  private document: JsonSchema | undefined;

  constructor(private readonly parts: AppParts) {}

  @Get()
  @Operation({
    access: 'public',
    summary: 'This document (OpenAPI 3.1)',
    answer: z.record(z.string(), z.unknown()),
  })
  get(): JsonSchema {
    this.document ??= buildOpenApi(this.parts.routes.routes, this.parts.config.publicUrl);
    return this.document;
  }
}

import { unavailable } from '@hookloom/server-kit';
import { Controller, Get, Header } from '@nestjs/common';
import { z } from 'zod';
import { AppParts } from '../app-parts.js';
import { Operation } from '../http/operation.js';

const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

/** What a machine that watches this process asks. */
@Controller()
export class HealthController {
  constructor(private readonly parts: AppParts) {}

  @Get('health/live')
  @Operation({ access: 'public', summary: 'The process runs', answer: Health })
  live(): z.infer<typeof Health> {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Operation({
    access: 'public',
    summary: 'A request could be stored now',
    answer: Health,
    refusals: { 503: 'A request could not be stored.' },
  })
  async ready(): Promise<z.infer<typeof Health>> {
    const reasons = await this.parts.readiness.findReasons();
    if (reasons.length > 0) throw unavailable(`Not ready: ${reasons.join(', ')}.`);
    return { status: 'ok' };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Operation({ access: 'public', summary: 'Metrics for Prometheus', produces: 'text/plain' })
  metrics(): Promise<string> {
    return this.parts.metrics.registry.metrics();
  }
}

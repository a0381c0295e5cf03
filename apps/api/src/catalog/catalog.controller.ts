import { CONNECTION_TYPES, type Page } from '@hookloom/contracts';
import { SenderDetail, SenderView, describeSender, describeSenders } from '@hookloom/senders';
import { notFound } from '@hookloom/server-kit';
import { describeStepTypes, type StepTypeView as StepTypeData } from '@hookloom/step-kit';
import { builtInSteps } from '@hookloom/steps';
import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Operation } from '../http/operation.js';
import { ConnectionTypeView, StepTypeView } from './step-type-view.js';

/** What this server knows to do: the same for every project, changed only by an upgrade. */
@Controller()
export class CatalogController {
  private readonly stepTypes = onePage(describeStepTypes(builtInSteps));
  private readonly connectionTypes = onePage(describeConnectionTypes());
  private readonly senders = onePage(describeSenders());

  @Get('step-types')
  @Operation({
    access: 'read',
    summary: 'All step types with their config schemas',
    answer: StepTypeView,
    paged: true,
  })
  listStepTypes(): Page<StepTypeData> {
    return this.stepTypes;
  }

  @Get('connection-types')
  @Operation({ access: 'read', summary: 'All connection types', answer: ConnectionTypeView, paged: true })
  listConnectionTypes(): Page<ConnectionTypeView> {
    return this.connectionTypes;
  }

  @Get('senders')
  @Operation({
    access: 'read',
    summary: 'All senders: how they sign and what they need',
    answer: SenderView,
    paged: true,
  })
  listSenders(): Page<SenderView> {
    return this.senders;
  }

  @Get('senders/:sender')
  @Operation({ access: 'read', summary: 'One sender with its sample events', answer: SenderDetail })
  getSender(@Param('sender') id: string): SenderDetail {
    const sender = describeSender(id);
    if (!sender) throw notFound('sender');
    return sender;
  }
}

function describeConnectionTypes(): ConnectionTypeView[] {
  return Object.entries(CONNECTION_TYPES).map(([type, schema]) => ({
    type,
    title: schema.meta()?.title ?? type,
    description: schema.meta()?.description ?? '',
    dataSchema: { ...z.toJSONSchema(schema, { io: 'input' }) },
  }));
}

function onePage<Item>(items: Item[]): Page<Item> {
  return { items, nextCursor: null };
}

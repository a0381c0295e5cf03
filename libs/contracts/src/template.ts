import { z } from 'zod';
import { Key, StepId } from './keys.js';
import { WorkflowDefinition } from './workflow-document.js';

export const TEMPLATE_CATEGORIES = [
  'Payments',
  'Commerce',
  'Dev/CI',
  'Monitoring',
  'CRM',
  'Forms',
  'Content',
  'Social',
] as const;

const Line = z.string().trim().min(1).max(200);
const Help = z.string().trim().min(1).max(600);

/** Where the effects go: the product's name, and the step type whose icon stands for it. */
const TemplateDestination = z.object({ name: Line, stepType: z.string() });

/** An account that a template needs, and the steps that use it. */
export const TemplateConnection = z
  .object({
    id: StepId,
    name: Line.meta({ description: 'What a new connection is called.' }),
    types: z
      .array(z.string())
      .min(1)
      .meta({ description: 'Connection types that fit, the recommended one first.' }),
    steps: z.array(StepId).min(1),
    help: Help.meta({ description: 'How to get one.' }),
  })
  .meta({ id: 'TemplateConnection' });
export type TemplateConnection = z.infer<typeof TemplateConnection>;

/** A setting that the person fills in: `config.<field>` of a step. */
export const TemplateField = z
  .object({
    step: StepId,
    field: z.string().min(1).max(64),
    label: Line,
    help: Help,
    kind: z.enum(['text', 'url', 'email', 'number']),
    example: z.string().min(1).max(500),
    frame: z
      .tuple([z.string(), z.string()])
      .optional()
      .meta({ description: 'What stands before and after the value inside the setting.' }),
    onlyFor: z.string().optional().meta({ description: 'Asked for only with a connection of this type.' }),
  })
  .meta({ id: 'TemplateField' });
export type TemplateField = z.infer<typeof TemplateField>;

const Via = { step: StepId };
/** What a sample brings about in the world, with the fields filled in by their examples. */
export const TemplateEffect = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('http'),
      ...Via,
      method: z.string(),
      url: z.url(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown(),
    }),
    z.object({
      kind: z.literal('email'),
      ...Via,
      to: z.array(z.string()).min(1),
      subject: z.string(),
      text: z.string(),
    }),
    z.object({ kind: z.literal('slack'), ...Via, text: z.string() }),
  ])
  .meta({ id: 'TemplateEffect' });
export type TemplateEffect = z.infer<typeof TemplateEffect>;

/** An event as the sender would send it, but for its signature. A text as `body` is sent as it is. */
export const TemplateSample = z
  .object({
    name: Line,
    type: z.string().optional().meta({ description: 'The event type that it is told to be.' }),
    headers: z.record(z.string().regex(/^[a-z0-9-]+$/), z.string()),
    body: z.unknown(),
    effects: z.array(TemplateEffect),
  })
  .meta({ id: 'TemplateSample' });
export type TemplateSample = z.infer<typeof TemplateSample>;

/** One template of the gallery. */
export const TemplateView = z
  .object({
    slug: Key,
    title: Line.max(60),
    summary: Line.max(160).meta({ description: 'One sentence.' }),
    description: z.array(Help).min(1).meta({ description: 'What it does, by paragraphs.' }),
    keywords: z.array(Line).meta({ description: 'What people may search for.' }),
    category: z.enum(TEMPLATE_CATEGORIES),
    sender: z.string(),
    destinations: z.array(TemplateDestination).min(1),
    minutes: z.int().min(1).max(60).meta({ description: 'What setting it up takes.' }),
    connections: z.array(TemplateConnection),
    fields: z.array(TemplateField),
    samples: z.array(TemplateSample).min(1).meta({ description: 'The first is sent by the guided setup.' }),
    definition: WorkflowDefinition.meta({
      description: 'The workflow document; its trigger names a sender and no endpoint.',
    }),
  })
  .meta({ id: 'Template' });
export type TemplateView = z.infer<typeof TemplateView>;

/** A template in the gallery: enough to search it and to draw its card. */
export const TemplateSummary = TemplateView.pick({
  slug: true,
  title: true,
  summary: true,
  keywords: true,
  category: true,
  sender: true,
  destinations: true,
  minutes: true,
  connections: true,
})
  .extend({
    steps: z.array(z.object({ type: z.string(), name: z.string() })),
  })
  .meta({ id: 'TemplateSummary' });
export type TemplateSummary = z.infer<typeof TemplateSummary>;

/** Body of `POST /templates/{slug}/use`. */
export const TemplateUse = z
  .object({ name: z.string().trim().min(1).max(200).optional() })
  .default({})
  .meta({ id: 'TemplateUse' });
export type TemplateUse = z.infer<typeof TemplateUse>;

const Items = z.array(z.string().max(100)).max(50);
/** How far the guided setup is, as far as the workflow itself does not tell: what a person ticked off or put aside. */
export const WorkflowSetupUpdate = z
  .object({
    done: Items.meta({ description: 'Items ticked off by hand.' }),
    skipped: Items,
    closed: z.boolean().meta({ description: 'The checklist was closed.' }),
  })
  .meta({ id: 'WorkflowSetupUpdate' });
export type WorkflowSetupUpdate = z.infer<typeof WorkflowSetupUpdate>;

/** The guided setup of a workflow that was made from a template. */
export const WorkflowSetup = WorkflowSetupUpdate.extend({
  template: Key.meta({ description: 'The slug of the template.' }),
}).meta({ id: 'WorkflowSetup' });
export type WorkflowSetup = z.infer<typeof WorkflowSetup>;

import { z } from 'zod';

/** A step type as `GET /step-types` shows it: enough to draw its form and its docs page. */
export const StepTypeView = z
  .object({
    type: z.string(),
    title: z.string(),
    description: z.string(),
    docs: z.string().meta({ description: 'Markdown.' }),
    kind: z.enum(['trigger', 'logic', 'data', 'send', 'wait', 'code']),
    icon: z.string(),
    repeat: z.enum(['pure', 'safe', 'keyed', 'unsafe', 'varies']),
    configSchema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of the config.' }),
    handles: z.array(z.string()).meta({ description: 'Of a step with an empty config, `error` aside.' }),
    handlesFrom: z.string().nullable().meta({
      description: 'Dot path of the config whose texts are handles too, for example `cases.*.handle`.',
    }),
    connection: z.object({ types: z.array(z.string()), required: z.boolean() }).nullable(),
    summary: z.string(),
    synonyms: z.array(z.string()),
    timeoutMs: z.number().nullable(),
  })
  .meta({ id: 'StepType' });

/** A connection type: what its data must hold. */
export const ConnectionTypeView = z
  .object({
    type: z.string(),
    title: z.string(),
    description: z.string(),
    dataSchema: z
      .record(z.string(), z.unknown())
      .meta({ description: 'JSON Schema of the data; fields marked `secret` are never shown again.' }),
  })
  .meta({ id: 'ConnectionType' });
export type ConnectionTypeView = z.infer<typeof ConnectionTypeView>;

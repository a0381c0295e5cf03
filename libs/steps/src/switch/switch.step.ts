import { textsAt } from '@hookloom/contracts';
import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';
import { valueOf } from '../evaluated.js';
import { condition } from '../fields.js';

/** Left by when no case holds. */
const DEFAULT_HANDLE = 'default';
/** Where the config names the other ways out. */
const CASE_HANDLES = 'cases.*.handle';

const Case = z.object({
  handle: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9_]{0,63}$/, 'Begin with a lower-case letter; use letters, digits and _ only.')
    .refine(
      (handle) => handle !== DEFAULT_HANDLE && handle !== 'error',
      'This name is taken; choose another.',
    )
    .meta({ title: 'Way', description: 'Names the way out, for example: big' }),
  condition: condition({ title: 'Condition', description: 'JSONata that gives true or false' }),
});

const Cases = z
  .array(Case)
  .min(1, 'Add at least one case.')
  .max(50)
  .refine(
    (cases) => new Set(cases.map(({ handle }) => handle)).size === cases.length,
    'Two cases have the same name.',
  )
  .meta({
    title: 'Cases',
    description: 'Looked at from the top; the first that holds is taken',
    widget: 'json',
  });

/** Sends the run one of several ways; its input is its output. */
export const switchStep = defineStep({
  type: 'switch',
  title: 'Switch',
  description: 'Goes on one of several ways: the first case whose condition holds. Passes its input on.',
  docs: 'Cases are looked at from the top. When none holds, the run goes on by “default”. A condition that gives nothing is false; one that fails matters only if no case above it holds.',
  kind: 'logic',
  icon: 'route',
  repeat: 'pure',
  synonyms: ['router', 'cases', 'branch', 'condition'],
  handles: (config) => [...textsAt(config, CASE_HANDLES), DEFAULT_HANDLE],
  handlesFrom: CASE_HANDLES,
  config: z.object({ cases: Cases }),
  run: ({ config, evaluated }) => {
    const taken = config.cases.find((_case, index) => valueOf(evaluated, `cases.${index}.condition`).holds());
    return passOn(taken?.handle ?? DEFAULT_HANDLE);
  },
});

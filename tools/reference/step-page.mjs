// The page of one step type, from its definition: what it does, its settings, where its lines go.
import { bullets, code, page, table } from './markdown.mjs';
import { STEP_EXAMPLES } from './step-examples.mjs';

const REPEAT = {
  pure: 'Has no effect outside, so it is done again without harm after a crash.',
  safe: 'Only reads, so it is done again without harm after a crash.',
  keyed: 'Carries an Idempotency-Key, so that the other side can recognise a repeat after a crash.',
  unsafe: 'Has an effect outside. After a crash that hid whether it happened, `onUnknown` decides.',
  varies: 'Depends on its settings.',
};

export function stepPage(step) {
  return page(step.title, [
    `Step type \`${step.type}\`.`,
    step.docs,
    ...example(step),
    ...settings(step),
    '## Handles',
    bullets(handles(step)),
    '## Repeats',
    REPEAT[step.repeat] ?? step.repeat,
  ]);
}

function example({ type }) {
  const { wish, config } = STEP_EXAMPLES[type];
  if (Object.keys(config).length === 0) return ['## Example', wish];
  return ['## Example', wish, `\`\`\`json\n${JSON.stringify(config, null, 2)}\n\`\`\``];
}

function settings({ configSchema, connection }) {
  const properties = Object.entries(configSchema.properties ?? {});
  if (properties.length === 0) return [];
  const required = new Set(configSchema.required ?? []);
  const rows = properties.map(([name, field]) => [
    code(name),
    field.title ?? '',
    required.has(name) || (name === 'connection' && connection?.required) ? 'yes' : '',
    fallback(field),
    [field.description, options(field)].filter(Boolean).join(' '),
  ]);
  const types = connection ? [`Connection types: ${connection.types.map(code).join(', ')}.`] : [];
  return ['## Settings', table(['Name', 'Label', 'Required', 'Default', ''], rows), ...types];
}

const fallback = ({ default: value }) => (value === undefined ? '' : code(JSON.stringify(value)));

function options(field) {
  const values = field.enum ?? field.anyOf?.flatMap((one) => one.enum ?? []) ?? [];
  return values.length === 0 ? '' : `One of ${values.map(code).join(', ')}.`;
}

function handles({ handles: known, handlesFrom, kind }) {
  return [
    ...(handlesFrom === null ? [] : [`one for each of ${code(handlesFrom)}`]),
    ...known.map(code),
    ...(kind === 'trigger' ? [] : ['`error`, with `onError: branch`']),
  ];
}

import { defineStep, output } from '@hookloom/step-kit';
import { z } from 'zod';
import { valueOf } from '../evaluated.js';
import { code } from '../fields.js';

/** Makes new data with JavaScript, where an expression would be hard to read. */
export const codeStep = defineStep({
  type: 'code',
  title: 'Code',
  description: 'Makes new data from what came before, with JavaScript.',
  docs: [
    'The code is the body of a function: what it returns is the output. It sees the same names as an expression:',
    '`trigger`, `steps`, `input`, `vars`, `run`, and inside a loop `item` and `index`. `await` may be used.',
    '',
    'What it writes with `console.log` stands in the run beside its input and output: 200 lines and 16 KiB are kept.',
    '',
    'It runs in an engine of its own, with what the language brings and nothing else: no network, no files, no',
    'timers, no modules, and nothing is left for the next run. It may take 5 seconds and 64 MiB; what it returns is',
    'kept as JSON, up to 1 MiB. To call another system use an HTTP step and read its answer here.',
    '',
    'When it fails the error names the line. It is not tried again, since it would fail again.',
  ].join('\n'),
  kind: 'code',
  icon: 'code',
  repeat: 'pure',
  summary: '{source}',
  synonyms: ['javascript', 'js', 'script', 'function', 'custom', 'program'],
  handles: () => ['out'],
  config: z.object({
    source: code({
      title: 'Code',
      description: 'The body of a JavaScript function. What it returns is the output.',
      placeholder: 'return trigger.body.items.filter((item) => item.price > 10);',
    }),
  }),
  run: ({ evaluated }) => {
    const result = valueOf(evaluated, 'source');
    return output(result, result.logs.length === 0 ? {} : { detail: { logs: result.logs } });
  },
});

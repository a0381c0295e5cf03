import type { WorkflowProblem, WorkflowSettings } from '@hookloom/contracts';
import { keyOf, type UnreadableSources } from './expression-check.js';

/** What is missing or wrong in a workflow's settings. */
export function checkSettings(
  { lane, rateLimits = [] }: WorkflowSettings,
  unreadable: UnreadableSources,
): WorkflowProblem[] {
  const problems: WorkflowProblem[] = [];
  const add = (code: string, path: string, message: string): void => {
    problems.push({ code, path: `settings.${path}`, message, blocking: true });
  };
  if (lane) {
    const why = unreadable.get(keyOf({ text: lane.key, isCode: false }));
    if (lane.key.trim() === '')
      add(
        'missing_field',
        'lane.key',
        'The key of the lane is missing. Say what runs have in common that wait for one another.',
      );
    else if (why !== undefined) add('unreadable_expression', 'lane.key', why);
    if (lane.mode === 'debounce' && lane.seconds === undefined)
      add('missing_field', 'lane.seconds', 'Say how long it has to be quiet before the newest run begins.');
  }
  const hosts = rateLimits.map(({ host }) => host.toLowerCase());
  for (const [at, host] of hosts.entries()) {
    if (host === '') add('missing_field', `rateLimits.${at}.host`, 'Say which host the limit is for.');
    else if (!isHost(host))
      add(
        'invalid_field',
        `rateLimits.${at}.host`,
        `"${host}" is no host. Write it as in the URL, such as api.example.com.`,
      );
    else if (hosts.indexOf(host) !== at)
      add('invalid_field', `rateLimits.${at}.host`, `"${host}" has a limit already. Keep one of the two.`);
  }
  return problems;
}

function isHost(text: string): boolean {
  return URL.canParse(`http://${text}`) && new URL(`http://${text}`).host === text;
}

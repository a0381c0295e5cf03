import type { Sender } from '../../../api/senders.api.js';

/** One thing to do at the sender or here; `text` is the catalogue's own sentence where there is one. */
export type SetupStep =
  | { readonly key: 'copy' | 'secret' | 'token' | 'key' | 'check' }
  | { readonly key: 'sender'; readonly text: string };

/** How the URL gets into the sender, in order. Only what the catalogue knows: no menu is guessed. */
export function setupSteps(sender: Sender): SetupStep[] {
  const steps: SetupStep[] = [{ key: 'copy' }, { key: 'sender', text: sender.setup }];
  const kind = sender.schemes[0]?.kind;
  if (sender.secretFields.length > 0) {
    steps.push({
      key: kind === 'token' || kind === 'basic' ? 'token' : kind === 'asymmetric' ? 'key' : 'secret',
    });
  }
  return [...steps, { key: 'check' }];
}

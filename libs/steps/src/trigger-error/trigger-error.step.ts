import { ERROR_TRIGGER } from '@hookloom/contracts';
import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';

/** Starts when a run of this same workflow has failed. */
export const triggerErrorStep = defineStep({
  type: ERROR_TRIGGER,
  title: 'When a run fails',
  description: 'Starts when a run of this same workflow has failed.',
  docs: '`trigger.body` is `{ run, step, error }`: which run failed, at which step and why. Runs that this trigger started never start it again, nor do drafts and tests.',
  kind: 'trigger',
  icon: 'triangle-alert',
  repeat: 'pure',
  synonyms: ['failure', 'alert', 'catch', 'on error'],
  handles: () => ['out'],
  config: z.object({}),
  run: () => passOn('out'),
});

import type { StepRegistry, StepType } from '@hookloom/step-kit';
import { codeStep } from './code/code.step.js';
import { delayStep } from './delay/delay.step.js';
import { emailStep } from './email/email.step.js';
import { filterStep } from './filter/filter.step.js';
import { foreachStep } from './foreach/foreach.step.js';
import { httpStep } from './http/http.step.js';
import { ifStep } from './if/if.step.js';
import { respondStep } from './respond/respond.step.js';
import { slackStep } from './slack/slack.step.js';
import { stopStep } from './stop/stop.step.js';
import { switchStep } from './switch/switch.step.js';
import { transformStep } from './transform/transform.step.js';
import { triggerErrorStep } from './trigger-error/trigger-error.step.js';
import { triggerFormStep } from './trigger-form/trigger-form.step.js';
import { triggerManualStep } from './trigger-manual/trigger-manual.step.js';
import { triggerPollStep } from './trigger-poll/trigger-poll.step.js';
import { triggerScheduleStep } from './trigger-schedule/trigger-schedule.step.js';
import { triggerSubworkflowStep } from './trigger-subworkflow/trigger-subworkflow.step.js';
import { triggerWebhookStep } from './trigger-webhook/trigger-webhook.step.js';
import { waitStep } from './wait/wait.step.js';
import { workflowStep } from './workflow/workflow.step.js';

const all: readonly StepType[] = [
  triggerWebhookStep,
  triggerFormStep,
  triggerManualStep,
  triggerScheduleStep,
  triggerPollStep,
  triggerSubworkflowStep,
  triggerErrorStep,
  transformStep,
  codeStep,
  ifStep,
  switchStep,
  filterStep,
  foreachStep,
  delayStep,
  waitStep,
  workflowStep,
  httpStep,
  emailStep,
  slackStep,
  respondStep,
  stopStep,
];

/** The step types that come with the product, by name, in the order the palette shows them. */
export const builtInSteps: StepRegistry = new Map(all.map((stepType) => [stepType.type, stepType]));
export { fetchList, MOST_POLL_ITEMS, type PolledAnswer } from './trigger-poll/fetch-list.js';
export { PollConfig } from './trigger-poll/poll.config.js';
export { triggerPollStep } from './trigger-poll/trigger-poll.step.js';
export { nextFirings, type Schedule } from './trigger-schedule/firings.js';

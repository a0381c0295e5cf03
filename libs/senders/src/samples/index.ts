import { billingSamples } from './billing.samples.js';
import { commerceSamples } from './commerce.samples.js';
import { developmentSamples } from './development.samples.js';
import { messageSamples } from './messages.samples.js';
import { operationsSamples } from './operations.samples.js';
import { paymentSamples } from './payments.samples.js';
import type { Sample, SenderSamples } from './sample.js';
import { standardSamples } from './standard.samples.js';
import { supportSamples } from './support.samples.js';
import { workSamples } from './work.samples.js';

/** Every sample, by the id of its sender. */
export const SAMPLES: SenderSamples = {
  ...paymentSamples,
  ...billingSamples,
  ...commerceSamples,
  ...developmentSamples,
  ...standardSamples,
  ...messageSamples,
  ...supportSamples,
  ...workSamples,
  ...operationsSamples,
};

/** The samples of a sender, the usual one first; none for a sender that has none. */
export function samplesOf(senderId: string): readonly Sample[] {
  return Object.hasOwn(SAMPLES, senderId) ? (SAMPLES[senderId] ?? []) : [];
}

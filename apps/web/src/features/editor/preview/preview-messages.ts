import type { PreviewedSetting } from '@hookloom/expressions/preview';
import type { ValueLook } from './value-look.js';

/** What a preview shows: the value, or why there is none. `position`: index in the setting's text. */
export type PreviewAnswer =
  | { readonly ok: true; readonly look: ValueLook }
  | { readonly ok: false; readonly message: string; readonly position?: number };

/** To the worker: the sample as JSON text, or a setting to evaluate on the last one. */
export type PreviewRequest =
  | { readonly kind: 'scope'; readonly json: string }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly setting: PreviewedSetting;
      readonly timeoutMs: number;
    };

/** From the worker. */
export interface PreviewReply {
  readonly id: number;
  readonly answer: PreviewAnswer;
}

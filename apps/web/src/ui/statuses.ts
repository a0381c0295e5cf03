import {
  Ban,
  Check,
  CircleDashed,
  CircleDot,
  CircleSlash,
  Copy,
  Hourglass,
  LoaderCircle,
  Minus,
  OctagonX,
  Pause,
  Pencil,
  Radio,
  Redo,
  ShieldAlert,
  ShieldCheck,
  ShieldX,
  TriangleAlert,
  X,
} from '@lucide/vue';
import type { FunctionalComponent } from 'vue';

/** A lucide icon. */
export type Icon = FunctionalComponent;

/** A role of colour; the soft one of the same name lies behind it where a chip is filled. */
export type Tone = 'success' | 'danger' | 'warning' | 'info' | 'waiting' | 'accent' | 'muted';

export interface StatusLook {
  readonly icon: Icon;
  readonly tone: Tone;
}

/** How every status word of events, runs, steps and workflows looks: icon, word and colour, never colour alone. */
export const STATUS_LOOKS = {
  succeeded: { icon: Check, tone: 'success' },
  failed: { icon: X, tone: 'danger' },
  running: { icon: LoaderCircle, tone: 'accent' },
  waiting: { icon: Hourglass, tone: 'waiting' },
  queued: { icon: CircleDashed, tone: 'muted' },
  pending: { icon: CircleDashed, tone: 'muted' },
  skipped: { icon: Redo, tone: 'muted' },
  cancelled: { icon: Ban, tone: 'muted' },
  disabled: { icon: CircleSlash, tone: 'muted' },
  accepted: { icon: Check, tone: 'muted' },
  captured: { icon: CircleDot, tone: 'info' },
  held: { icon: Pause, tone: 'waiting' },
  duplicate: { icon: Copy, tone: 'info' },
  rejected: { icon: OctagonX, tone: 'danger' },
  live: { icon: Radio, tone: 'success' },
  draft: { icon: Pencil, tone: 'muted' },
  paused: { icon: Pause, tone: 'waiting' },
  problem: { icon: TriangleAlert, tone: 'danger' },
  untested: { icon: CircleDashed, tone: 'muted' },
  ok: { icon: Check, tone: 'success' },
  broken: { icon: X, tone: 'danger' },
} as const satisfies Record<string, StatusLook>;
export type StatusWord = keyof typeof STATUS_LOOKS;

/** How the answer of the signature check looks. */
export const SIGNATURE_LOOKS = {
  verified: { icon: ShieldCheck, tone: 'success' },
  failed: { icon: ShieldX, tone: 'danger' },
  unchecked: { icon: ShieldAlert, tone: 'warning' },
  none: { icon: Minus, tone: 'muted' },
} as const satisfies Record<string, StatusLook>;
export type SignatureWord = keyof typeof SIGNATURE_LOOKS;

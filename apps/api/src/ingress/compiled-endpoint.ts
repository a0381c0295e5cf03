import type { EndpointSettings } from '@hookloom/contracts';
import type { EndpointForIngress } from '@hookloom/persistence';
import { SENDERS, compilePolicy, type CompiledPolicy } from '@hookloom/senders';
import type { AnswerPreset } from './answer.js';
import { toAnswerPreset } from './answer-preset.js';
import { readDedupeKey } from './dedupe-key.js';

/** An endpoint with all that does not change from request to request made ready. */
export interface CompiledEndpoint {
  readonly stored: EndpointForIngress;
  readonly settings: EndpointSettings;
  readonly policy: CompiledPolicy;
  readonly preset: AnswerPreset | undefined;
  /** The expression of its duplicate key; without one the sender's event id counts. */
  readonly dedupeKey: string | undefined;
  readonly methods: ReadonlySet<string>;
  /** Value of the header `Allow`. */
  readonly allow: string;
}

/** @param earlier the same endpoint as read before: kept where nothing changed, so that keys are decoded once */
export function compileEndpoint(
  stored: EndpointForIngress,
  earlier: CompiledEndpoint | undefined,
): CompiledEndpoint {
  if (earlier !== undefined && isSame(stored, earlier.stored)) return earlier;
  const { settings, secrets } = stored;
  const { sender, scheme, verify } = settings;
  return {
    stored,
    settings,
    policy: compilePolicy({
      sender,
      secrets,
      ...(scheme === undefined ? {} : { scheme }),
      ...(verify === undefined ? {} : { verify }),
    }),
    preset: toAnswerPreset(settings.response, SENDERS.get(sender)?.answer),
    dedupeKey: dedupeKeyOf(settings),
    methods: new Set(settings.methods),
    allow: settings.methods.join(', '),
  };
}

function dedupeKeyOf({ dedupe }: EndpointSettings): string | undefined {
  if (dedupe?.key === undefined) return undefined;
  const read = readDedupeKey(dedupe.key);
  return 'expression' in read ? read.expression : dedupe.key;
}

/** A rotated secret goes away by time, without a new revision: so their number counts too. */
function isSame(one: EndpointForIngress, other: EndpointForIngress): boolean {
  return (
    one.id === other.id && one.revision === other.revision && one.secrets.length === other.secrets.length
  );
}

import {
  inspect,
  keyWanted,
  usableKeys,
  withoutPublishedKey,
  withPublishedKeys,
  type CompiledPolicy,
  type KeyRequest,
  type SignedRequest,
} from '@hookloom/senders';
import type { KeyAnswer, KnownKeys } from './known-keys.js';

/** Brings the keys that senders publish to where requests are judged. */
export interface SenderKeys {
  /**
   * The policy to judge this request by: with the key it needs, as it is where that key cannot be had now
   * (then the verdict is `unchecked`), or one that refuses it where there is no such key.
   *
   * @returns `busy` where too much was asked for lately: the sender must try again
   */
  policyFor(policy: CompiledPolicy, request: SignedRequest): Promise<CompiledPolicy | 'busy'>;
}

const NO_SUCH_KEY = 'The sender does not publish the key that this request names: somebody else sent it';
const MOST_COMPILED = 4;

/** Looks keys up, and looks again once where the sender may have changed them. */
export class FetchedSenderKeys implements SenderKeys {
  /** An endpoint's policy with keys: made once for all its requests, and gone with the endpoint's settings. */
  private readonly compiled = new WeakMap<CompiledPolicy, Map<string, CompiledPolicy>>();

  constructor(private readonly known: Pick<KnownKeys, 'find' | 'findNewer'>) {}

  async policyFor(policy: CompiledPolicy, request: SignedRequest): Promise<CompiledPolicy | 'busy'> {
    const wanted = keyWanted(policy, request);
    if (!wanted) return policy;
    const first = this.toPolicy(policy, wanted, request, await this.known.find(wanted));
    if (first === 'busy' || !mayHaveChanged(first, wanted, request)) return first;
    const newer = await this.known.findNewer(wanted);
    return newer ? this.toPolicy(policy, wanted, request, newer) : first;
  }

  private toPolicy(
    policy: CompiledPolicy,
    wanted: KeyRequest,
    { receivedAt }: SignedRequest,
    answer: KeyAnswer,
  ): CompiledPolicy | 'busy' {
    switch (answer.kind) {
      case 'busy':
        return 'busy';
      case 'away':
        return policy;
      case 'refused':
        return withoutPublishedKey(policy, refusalOf(wanted));
      case 'keys': {
        const keys = usableKeys(wanted, answer.keys, receivedAt);
        return 'reason' in keys ? withoutPublishedKey(policy, keys) : this.compile(policy, keys);
      }
    }
  }

  private compile(policy: CompiledPolicy, keys: readonly string[]): CompiledPolicy {
    const made = this.compiled.get(policy) ?? new Map<string, CompiledPolicy>();
    const name = keys.join('\n');
    const ready = made.get(name) ?? withPublishedKeys(policy, keys);
    if (made.size >= MOST_COMPILED && !made.has(name)) made.clear();
    made.set(name, ready);
    this.compiled.set(policy, made);
    return ready;
  }
}

function refusalOf({ rule }: KeyRequest): { reason: 'key_refused'; hint: string } {
  const account = rule.kind === 'by-id' ? ', or the account that is stored to ask for it is wrong' : '';
  return { reason: 'key_refused', hint: `${NO_SUCH_KEY}${account}.` };
}

/** A key of a set that is not there, or a signature that none of the keys made, may be by one that is newer. */
function mayHaveChanged(policy: CompiledPolicy, { rule }: KeyRequest, request: SignedRequest): boolean {
  if (rule.kind !== 'key-set' && rule.kind !== 'document') return false;
  const { reason } = inspect(policy, request).verification;
  return reason === 'key_refused' || reason === 'signature_mismatch';
}

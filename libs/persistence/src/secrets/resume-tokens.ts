import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StepPlace } from '@hookloom/runner';
import type { SecretBox } from './secret-box.js';

const MAC_BYTES = 16;
const RUN_BYTES = 16;
const HEAD_BYTES = RUN_BYTES + 2;

/** Which wait of which run an address ends. */
export interface ResumeTarget {
  readonly kind: 'webhook' | 'approval';
  readonly runId: string;
  readonly place: StepPlace;
}

/**
 * Signed names of waiting steps, for the addresses that end a wait. They are worked out from the run and the step
 * alone, so they are known before anything is stored; each is good for one use, which the stored answer sees to.
 */
export class ResumeTokens {
  private readonly key: Buffer;

  constructor(secretBox: Pick<SecretBox, 'derive'>) {
    this.key = secretBox.derive('resume tokens');
  }

  /** Layout: run, generation, path, mac; in base64url. */
  sign({ kind, runId, place }: ResumeTarget): string {
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(runId.replaceAll('-', ''), 'hex');
    head.writeUInt16LE(place.generation & 0xffff, RUN_BYTES);
    const named = Buffer.concat([head, Buffer.from(place.path)]);
    return Buffer.concat([named, this.mac(kind, named)]).toString('base64url');
  }

  /** `undefined` for what this server has not signed, or signed for another kind of wait. */
  read(kind: ResumeTarget['kind'], token: string): ResumeTarget | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length <= HEAD_BYTES + MAC_BYTES) return undefined;
    const named = bytes.subarray(0, -MAC_BYTES);
    if (!timingSafeEqual(this.mac(kind, named), bytes.subarray(-MAC_BYTES))) return undefined;
    const hex = named.toString('hex', 0, RUN_BYTES);
    const runId = [0, 8, 12, 16, 20].map((at, part, all) => hex.slice(at, all[part + 1])).join('-');
    const place = { path: named.toString('utf8', HEAD_BYTES), generation: named.readUInt16LE(RUN_BYTES) };
    return { kind, runId, place };
  }

  private mac(kind: ResumeTarget['kind'], named: Buffer): Buffer {
    return createHmac('sha256', this.key)
      .update(kind)
      .update('\0')
      .update(named)
      .digest()
      .subarray(0, MAC_BYTES);
  }
}

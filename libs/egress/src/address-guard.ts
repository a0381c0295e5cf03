import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { ConfigurationError } from '@hookloom/step-kit';
import { isInRange, parseAddress, specialKindOf } from './address.js';
import type { AllowedHosts } from './allowed-hosts.js';

const NOTHING_ALLOWED: AllowedHosts = { names: new Set(), ranges: [] };

/**
 * Decides which addresses may be called. It judges addresses, never spellings: what a name resolves to, what a
 * literal is, and in the end what the socket is connected to (reliability rule 37).
 */
export class AddressGuard {
  constructor(private readonly allowed: AllowedHosts = NOTHING_ALLOWED) {}

  /** Throws unless `address`, reached by the name or literal `host`, may be called. */
  check(host: string, address: string | undefined): void {
    const kind = this.refusalOf(host, address);
    if (kind === undefined) return;
    throw new ConfigurationError(
      `${host} leads to ${kind}, which may not be called. If it should be, add ${host} to HOOKLOOM_ALLOWED_PRIVATE_HOSTS.`,
      { code: 'address_not_allowed' },
    );
  }

  /** Throws if `host` is a literal that may not be called; a socket never looks literals up. */
  checkLiteral(host: string): void {
    if (parseAddress(host)) this.check(host, host);
  }

  /** Resolves a name and gives its addresses only if every one of them may be called. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      const refusal = error ?? this.firstRefusal(host, found);
      if (refusal) callback(refusal, '');
      else if (options.all) callback(null, found);
      else callback(null, found[0]?.address ?? '', found[0]?.family);
    });
  };

  private firstRefusal(host: string, found: readonly LookupAddress[]): Error | undefined {
    try {
      for (const { address } of found) this.check(host, address);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error('Not allowed', { cause: error });
    }
  }

  private refusalOf(host: string, text: string | undefined): string | undefined {
    const address = text === undefined ? undefined : parseAddress(text);
    if (!address) return 'an unknown address';
    const kind = specialKindOf(address);
    if (kind === undefined || this.allowed.names.has(nameOf(host))) return undefined;
    return this.allowed.ranges.some((range) => isInRange(address, range)) ? undefined : kind;
  }
}

/** Whether a socket ended at an address that only the operator's list opens. */
export function isPrivateAddress(text: string | undefined): boolean {
  const address = text === undefined ? undefined : parseAddress(text);
  return address === undefined || specialKindOf(address) !== undefined;
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

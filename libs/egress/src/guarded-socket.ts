import { connect, type Socket } from 'node:net';
import { RetryableError } from '@hookloom/step-kit';
import type { AddressGuard } from './address-guard.js';
import { toAbortError, toNetworkError } from './network-errors.js';

export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Connects to an address that the guard checked, and checks once more where the socket ended. Throws the StepError family. */
export function connectGuarded(guard: AddressGuard, target: SocketTarget): Promise<Socket> {
  const { host, port, timeoutMs, signal } = target;
  return new Promise((resolve, reject) => {
    guard.checkLiteral(host);
    const socket = connect({ host, port, lookup: guard.lookup, autoSelectFamily: true });
    const fail = (error: Error): void => {
      stopWatching();
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(toAbortError(host, signal.reason));
    const timer = setTimeout(() => {
      fail(
        new RetryableError(`${host} could not be reached within ${timeoutMs / 1_000} seconds.`, {
          code: 'timeout',
        }),
      );
    }, timeoutMs);
    const stopWatching = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    socket.on('error', (error) => fail(toNetworkError(`${host}:${port}`, error)));
    socket.once('connect', () => {
      try {
        guard.check(host, socket.remoteAddress);
        stopWatching();
        resolve(socket);
      } catch (refusal) {
        fail(toNetworkError(host, refusal));
      }
    });
  });
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { startEmptyTestDatabase } from '@hookloom/testing/database';
import { expect, it, vi } from 'vitest';
import { PostgresChannel } from './postgres-channel.js';

it('a LISTEN whose socket is half open is noticed and made anew', async () => {
  const database = await startEmptyTestDatabase();
  const proxy = await startProxy(database.url);
  const [heard, onConnect, onError] = [vi.fn(), vi.fn(), vi.fn()];
  const channel = new PostgresChannel({
    databaseUrl: proxy.url,
    channel: 'hookloom_bell',
    times: { checkEveryMs: 50, answerWithinMs: 300 },
    onMessage: heard,
    onConnect,
    onError,
  });
  channel.listen();
  await vi.waitFor(() => expect(onConnect).toHaveBeenCalledTimes(1), 5_000);
  await channel.notify('one');
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith('one'), 5_000);
  expect(onError).not.toHaveBeenCalled();

  proxy.freeze(); // no end, no reset: bytes just stop
  await vi.waitFor(() => expect(onConnect).toHaveBeenCalledTimes(2), 10_000);
  expect(onError).toHaveBeenCalled();
  await channel.notify('two');
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith('two'), 5_000);

  await channel.close();
  proxy.close();
  await database.close();
});

/** Stands between the channel and the server; `freeze` lets the connections of now go silent. */
async function startProxy(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    client.pipe(upstream).on('error', () => client.destroy());
    upstream.pipe(client).on('error', () => upstream.destroy());
    pairs.add([client, upstream]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    url: url.href,
    freeze(): void {
      for (const [client, upstream] of pairs) {
        client.unpipe(upstream);
        upstream.unpipe(client);
        client.pause();
        upstream.pause();
      }
    },
    close(): void {
      server.close();
      for (const [client, upstream] of pairs) {
        client.destroy();
        upstream.destroy();
      }
    },
  };
}

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { waitForPort } from './listen-port.js';

it('says in a sentence which port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(waitForPort('127.0.0.1', port, () => undefined, 0)).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use by another program.`,
  );
  other.close();
});

it('waits for a port that is given up meanwhile', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const said: string[] = [];
  await waitForPort('127.0.0.1', port, (message) => {
    said.push(message);
    other.close();
  });
  expect(said).toEqual([`port ${port} on 127.0.0.1 is in use; waiting up to 10 s for it`]);
});

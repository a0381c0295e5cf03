import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, type World } from '../../test/fixtures.js';
import { SecretBox } from '../secrets/secret-box.js';
import { hashToken } from '../secrets/token-hash.js';
import { EndpointLookup } from './endpoint-lookup.js';

let world: World;
let lookup: EndpointLookup;
const box = new SecretBox(randomBytes(32).toString('base64'));

beforeAll(async () => {
  world = await aWorld();
  lookup = new EndpointLookup(world.pools.aside, box);
});
afterAll(() => world.close());

const owner = () => ({ projectId: world.projectId, recordId: world.endpointId });

async function giveToken(token: string, expires: string | null = null): Promise<void> {
  await world.pools.ui.query(
    'insert into endpoint_token (token_hash, endpoint_id, sealed, expires_at) values ($1, $2, $3, now() + $4::interval)',
    [hashToken(token), world.endpointId, box.seal(token, owner()), expires],
  );
}

async function giveSecret(secret: unknown, expires: string | null = null): Promise<void> {
  await world.pools.ui.query(
    'insert into endpoint_secret (endpoint_id, sealed, expires_at) values ($1, $2, now() + $3::interval)',
    [world.endpointId, box.seal(JSON.stringify(secret), owner()), expires],
  );
}

describe('EndpointLookup', () => {
  it('finds an endpoint with its settings, secrets and routes of one revision', async () => {
    await giveToken('known');
    await giveSecret('older', '1 day');
    await giveSecret({ id: 'a', key: 'newer' });
    await world.pools.ui.query(
      `insert into endpoint_route (endpoint_id, workflow_id, step_id, project_id, version, max_concurrent_runs)
       values ($1, $2, 'order', $3, 4, 5)`,
      [world.endpointId, world.workflowId, world.projectId],
    );
    expect(await lookup.findByToken('known')).toMatchObject({
      id: world.endpointId,
      projectId: world.projectId,
      revision: 1,
      settings: { sender: 'any', methods: ['POST'] },
      secrets: [{ id: 'a', key: 'newer' }, 'older'],
      routes: [
        {
          workflowId: world.workflowId,
          version: 4,
          triggerStepId: 'order',
          paused: false,
          maxConcurrentRuns: 5,
        },
      ],
    });
  });

  it('knows neither unknown tokens nor those whose overlap is over', async () => {
    await giveToken('rotated away', '-1 second');
    expect(await lookup.findByToken('rotated away')).toBeUndefined();
    expect(await lookup.findByToken('never there')).toBeUndefined();
  });

  it('never takes an endpoint whose secret cannot be opened for one without a secret', async () => {
    await giveToken('another');
    const other = new EndpointLookup(world.pools.aside, new SecretBox(randomBytes(32).toString('base64')));
    await expect(other.findByToken('another')).rejects.toMatchObject({ code: 'encryption_key' });
  });
});

import { hashToken, type Store } from '@hookloom/persistence';
import type { Config } from '../config/config.js';
import type { PasswordHasher } from './password-hasher.js';

/**
 * Makes the owner and the first API key that the environment names, where they are missing. Every role calls
 * it after migrating; several may at once.
 *
 * @param config `owner` and `apiKey` as the environment gave them; without `owner` nothing is done
 */
export async function ensureFirstOwner(
  store: Store,
  config: Pick<Config, 'owner' | 'apiKey'>,
  passwords: PasswordHasher,
): Promise<void> {
  if (!config.owner) return;
  const { email, password } = config.owner;
  if (!(await store.people.hasOwner())) {
    const passwordHash = await passwords.hash(password);
    await store.transaction(async (within) => {
      const owner = await within.people.createOwner({ email, name: '', passwordHash });
      if (!owner) return;
      await within.serverValues.deleteSetupTokens();
      const subject = { subjectKind: 'user', subjectId: owner.userId, detail: 'from the environment' };
      await within.audit.record({
        projectId: owner.projectId,
        actor: 'server',
        action: 'create',
        ...subject,
      });
    });
  }
  if (config.apiKey !== undefined) await ensureApiKey(store, config.apiKey);
}

async function ensureApiKey(store: Store, key: string): Promise<void> {
  const owner = await store.people.findOwner();
  if (!owner) return;
  const { projectId, userId } = owner;
  const name = 'From the environment';
  await store.apiKeys.createIfMissing({
    projectId,
    userId,
    name,
    keyHash: hashToken(key),
    scopes: ['admin'],
  });
}

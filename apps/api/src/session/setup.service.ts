import { SetupInput, type SessionUser } from '@hookloom/contracts';
import { hashToken } from '@hookloom/persistence';
import { PasswordHasher, conflict, forbidden, invalid, newToken } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { checkInput } from '../http/schema.pipe.js';
import { findWeakness } from './password-strength.js';

const ALREADY_SET_UP = 'This server has an owner already. Sign in instead.';

/** The first visitor becomes the owner, with the one-time link of the log. */
@Injectable()
export class SetupService {
  /** Once there is an owner there is always one, so that the answer can be kept. */
  private hasOwner = false;

  constructor(
    private readonly parts: AppParts,
    private readonly passwords: PasswordHasher,
  ) {}

  async isOpen(): Promise<boolean> {
    this.hasOwner ||= await this.parts.store.people.hasOwner();
    return !this.hasOwner;
  }

  /** Makes a new setup link; the one before stops working. `undefined` once there is an owner. */
  async renewLink(): Promise<string | undefined> {
    if (!(await this.isOpen())) return undefined;
    const token = newToken();
    await this.parts.store.serverValues.replaceSetupToken(hashToken(token).toString('hex'));
    return `${this.parts.config.publicUrl}/setup?token=${token}`;
  }

  /**
   * Makes the owner. The token is looked at before anything else in the body, which whoever lacks it need not know.
   *
   * @throws ProblemError 403 without the right token, 422 for bad fields, 409 once an owner exists
   */
  async createOwner(body: unknown): Promise<SessionUser> {
    await this.checkToken(body);
    const input = checkInput(SetupInput, body);
    const weakness = findWeakness(input.password, input.email);
    if (weakness !== undefined) throw invalid([{ path: 'password', message: weakness }]);
    const passwordHash = await this.passwords.hash(input.password);
    const owner = await this.parts.store.transaction(async (store) => {
      const created = await store.people.createOwner({
        email: input.email,
        name: input.name ?? '',
        passwordHash,
      });
      if (!created) throw conflict('already_set_up', ALREADY_SET_UP);
      await store.serverValues.deleteSetupTokens();
      const subject = { subjectKind: 'user', subjectId: created.userId };
      await store.audit.record({
        projectId: created.projectId,
        actor: `user:${created.userId}`,
        action: 'setup',
        ...subject,
      });
      return created;
    });
    this.hasOwner = true;
    return { id: owner.userId, email: owner.email, name: owner.name, role: owner.role };
  }

  private async checkToken(body: unknown): Promise<void> {
    const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
    const hash = typeof token === 'string' ? hashToken(token).toString('hex') : undefined;
    if (hash !== undefined && (await this.parts.store.serverValues.hasSetupToken(hash))) return;
    if (!(await this.isOpen())) throw conflict('already_set_up', ALREADY_SET_UP);
    throw forbidden('Open the setup link that the server printed at its last start.', 'setup_token');
  }
}

import type { Role } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import { AppUserEntity, ProjectEntity } from '../entities/index.js';

export interface NewOwner {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** A person with what they may do in their project. */
export interface MemberRow {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly projectId: string;
}

/** People and their memberships. */
export class PeopleRepository {
  constructor(private readonly manager: EntityManager) {}

  async hasOwner(): Promise<boolean> {
    const rows = await this.manager.query<unknown[]>(`select 1 from membership where role = 'owner' limit 1`);
    return rows.length > 0;
  }

  async findMemberByEmail(
    email: string,
  ): Promise<(MemberRow & { readonly passwordHash: string }) | undefined> {
    const rows = await this.manager.query<(MemberRow & { passwordHash: string })[]>(
      `select u.id as "userId", u.email, u.name, m.role, m.project_id as "projectId", u.password_hash as "passwordHash"
         from app_user u join membership m on m.user_id = u.id
        where lower(u.email) = lower($1) order by m.project_id limit 1`,
      [email],
    );
    return rows[0];
  }

  async findOwner(): Promise<MemberRow | undefined> {
    const rows = await this.manager.query<MemberRow[]>(
      `select u.id as "userId", u.email, u.name, m.role, m.project_id as "projectId"
         from membership m join app_user u on u.id = m.user_id where m.role = 'owner' limit 1`,
    );
    return rows[0];
  }

  /**
   * Makes the one owner of the default project. Call inside a transaction: the lock on the project's row lets
   * one of several parallel callers through, the others find an owner.
   *
   * @returns `undefined` if there is an owner already
   */
  async createOwner(owner: NewOwner): Promise<MemberRow | undefined> {
    const project = await this.manager.findOneOrFail(ProjectEntity, {
      where: { key: 'default' },
      lock: { mode: 'pessimistic_write' },
    });
    if (await this.hasOwner()) return undefined;
    const user = await this.manager.save(this.manager.create(AppUserEntity, { ...owner }));
    await this.manager.query(`insert into membership (project_id, user_id, role) values ($1, $2, 'owner')`, [
      project.id,
      user.id,
    ]);
    const { email, name } = owner;
    return { userId: user.id, email, name, role: 'owner', projectId: project.id };
  }
}

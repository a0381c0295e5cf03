import { LIMITS, VariableInput } from '@hookloom/contracts';
import type { Page, PageQuery, VariableView } from '@hookloom/contracts';
import type { Store, VariableEntity } from '@hookloom/persistence';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPage, toPageOf } from '../http/page.js';

/** Body of `PUT /variables/{id}`: the key never changes. */
export const VariableUpdate = VariableInput.partial({ key: true }).meta({ id: 'VariableUpdate' });
export type VariableUpdate = z.infer<typeof VariableUpdate>;

/** Plain named values of the project, readable in expressions as `vars`. No place for secrets. */
@Injectable()
export class VariablesService {
  constructor(private readonly parts: AppParts) {}

  /** @throws ProblemError 409 if the key is taken */
  async create(principal: Principal, input: z.infer<typeof VariableInput>): Promise<VariableView> {
    const value = toJson(input.value);
    return this.parts.store.transaction(async (store) => {
      const variable = await store.variables.create({
        projectId: principal.projectId,
        key: input.key,
        value,
      });
      if (!variable) throw conflict('key_taken', `There is a variable "${input.key}" already.`);
      await recordChange(store, principal, { action: 'create', kind: 'variable', id: variable.id });
      return toView(variable);
    });
  }

  async list(principal: Principal, query: PageQuery): Promise<Page<VariableView>> {
    return toPage(await this.parts.store.variables.list(principal.projectId, toPageOf(query)), toView);
  }

  async get(principal: Principal, id: string): Promise<VariableView> {
    return toView(await find(this.parts.store, principal, id));
  }

  async update(principal: Principal, id: string, input: VariableUpdate): Promise<VariableView> {
    const value = toJson(input.value);
    return this.parts.store.transaction(async (store) => {
      const { key } = await find(store, principal, id);
      if (input.key !== undefined && input.key !== key) {
        throw invalid([
          { path: 'key', message: 'The key never changes, since expressions name it. Make a new variable.' },
        ]);
      }
      await store.variables.update({ projectId: principal.projectId, id }, value);
      await recordChange(store, principal, { action: 'update', kind: 'variable', id });
      return toView(await find(store, principal, id));
    });
  }

  async delete(principal: Principal, id: string): Promise<void> {
    await this.parts.store.transaction(async (store) => {
      if (!(await store.variables.delete(principal.projectId, id))) throw notFound('variable');
      await recordChange(store, principal, { action: 'delete', kind: 'variable', id });
    });
  }
}

async function find(store: Store, principal: Principal, id: string): Promise<VariableEntity> {
  const variable = await store.variables.find(principal.projectId, id);
  if (!variable) throw notFound('variable');
  return variable;
}

/** All variables travel with every evaluation, so each is kept small. */
function toJson(value: unknown): string {
  if (value === undefined) throw invalid([{ path: 'value', message: 'A value is missing; null is one.' }]);
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) <= LIMITS.inlineBytes) return text;
  throw invalid([{ path: 'value', message: `A value may have up to ${LIMITS.inlineBytes} bytes as JSON.` }]);
}

function toView(variable: VariableEntity): VariableView {
  return {
    id: variable.id,
    key: variable.key,
    value: JSON.parse(variable.value),
    createdAt: variable.createdAt.toISOString(),
    updatedAt: variable.updatedAt.toISOString(),
  };
}

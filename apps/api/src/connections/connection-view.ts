import type { ConnectionStatus, ConnectionView } from '@hookloom/contracts';
import type { ConnectionEntity } from '@hookloom/persistence';

/** A connection as the API shows it: never with its data. */
export function toView(connection: ConnectionEntity, usedBy: number): ConnectionView {
  return {
    id: connection.id,
    key: connection.key,
    name: connection.name,
    type: connection.type,
    status: statusOf(connection),
    checkedAt: connection.checkedAt?.toISOString() ?? null,
    checkMessage: connection.checkMessage,
    lastUsedAt: connection.lastUsedAt?.toISOString() ?? null,
    usedBy,
    createdBy: connection.createdBy,
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
  };
}

function statusOf({ checkOk }: ConnectionEntity): ConnectionStatus {
  if (checkOk === null) return 'untested';
  return checkOk ? 'ok' : 'broken';
}

import { isConnectionType } from '@hookloom/contracts';
import type { SendAlert } from '@hookloom/persistence';
import type { RunnerDeps } from '@hookloom/runner';
import { ConfigurationError, NO_FILES, type StepContext, type StepRegistry } from '@hookloom/step-kit';

/** Longer than any mail server needs. */
const SEND_LIMIT_MS = 60_000;

type SenderDeps = Pick<RunnerDeps, 'connections' | 'http' | 'mail' | 'tokens' | 'now'>;

/** Sends alerts by the same step types that workflows use, so that addresses, limits and answers are read in one place. */
export function createAlertSender(deps: SenderDeps, steps: StepRegistry): SendAlert {
  return async ({ id, projectId, target, subject, content }) => {
    const connection = await deps.connections.open(projectId, target.connection);
    if (connection === undefined || !isConnectionType(connection.type)) {
      throw new ConfigurationError(`There is no connection "${target.connection}" any more.`);
    }
    const isMail = connection.type === 'smtp';
    const stepType = steps.get(isMail ? 'email' : 'slack');
    if (stepType === undefined) throw new Error('The step types that send alerts are missing.');
    const text = isMail ? content : `*${subject}*\n${content}`;
    const given = isMail ? { to: target.to, subject, text } : { channel: target.channel, text };
    const context: StepContext<unknown> = {
      config: stepType.config.parse({ connection: target.connection, ...given }),
      evaluated: {},
      connection,
      http: deps.http,
      mail: deps.mail,
      files: NO_FILES,
      tokens: deps.tokens,
      idempotencyKey: `alert/${id}`,
      attempt: 1,
      now: deps.now(),
      signal: AbortSignal.timeout(SEND_LIMIT_MS),
      run: { id, workflowKey: '', workflowName: '' },
    };
    await stepType.run(context);
  };
}

import { CONNECTION_TYPES, isConnectionType, type ConnectionType } from '@hookloom/contracts';
import { createEgress, parseAllowedHosts, requestToken, type Egress } from '@hookloom/egress';
import { StepError } from '@hookloom/step-kit';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { AppParts } from '../app-parts.js';

/** Whether a connection works. A refusal by the other side is an answer, not an error of this API. */
export const ConnectionTest = z
  .object({ ok: z.boolean(), message: z.string() })
  .meta({ id: 'ConnectionTest' });
export type ConnectionTest = z.infer<typeof ConnectionTest>;

type Data<Type extends ConnectionType> = z.infer<(typeof CONNECTION_TYPES)[Type]>;

const TEST_LIMIT_MS = 15_000;
/** How Slack's incoming webhooks answer a message without text: the address is good, nothing is posted. */
const EMPTY_MESSAGE_REFUSED = 400;
const SlackAnswer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
  user: z.string().optional(),
});

/** Really calls the other side, through the one client that leaves the machine, and changes nothing there. */
@Injectable()
export class ConnectionTester implements OnApplicationShutdown {
  private readonly egress: Egress;

  constructor(parts: AppParts) {
    const allowedHosts = parseAllowedHosts(parts.config.allowedPrivateHosts.join(','));
    this.egress = createEgress({ allowedHosts });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.egress.close();
  }

  /** @param data as stored; checked again, since its schema may have grown */
  async test(type: string, data: unknown): Promise<ConnectionTest> {
    if (!isConnectionType(type)) return failed(`This server does not know connections of the type ${type}.`);
    const parsed = CONNECTION_TYPES[type].safeParse(data);
    if (!parsed.success) return failed('What is stored is not complete. Enter it again.');
    try {
      return await this.call(type, parsed.data);
    } catch (error) {
      if (error instanceof StepError) return failed(error.message);
      throw error;
    }
  }

  private call(type: ConnectionType, data: unknown): Promise<ConnectionTest> | ConnectionTest {
    switch (type) {
      case 'smtp':
        return this.testSmtp(CONNECTION_TYPES.smtp.parse(data));
      case 'http.oauth2':
        return this.testOAuth2(CONNECTION_TYPES['http.oauth2'].parse(data));
      case 'slack.bot':
        return this.testSlackBot(CONNECTION_TYPES['slack.bot'].parse(data));
      case 'slack.webhook':
        return this.testSlackWebhook(CONNECTION_TYPES['slack.webhook'].parse(data));
      default:
        return worked('It is complete. It has no address of its own to try: a step says where it goes.');
    }
  }

  private async testSmtp(server: Data<'smtp'>): Promise<ConnectionTest> {
    await this.egress.mail.check(server, AbortSignal.timeout(TEST_LIMIT_MS));
    return worked(
      `${server.host} takes ${server.user === undefined ? 'mail' : 'this login'}. No mail was sent.`,
    );
  }

  private async testOAuth2(client: Data<'http.oauth2'>): Promise<ConnectionTest> {
    const signal = AbortSignal.timeout(TEST_LIMIT_MS);
    const { lifeSeconds } = await requestToken(this.egress.http, client, signal);
    const life = lifeSeconds === undefined ? '' : ` It is good for ${Math.floor(lifeSeconds)} seconds.`;
    return worked(`${new URL(client.tokenUrl).host} gave a token for this client.${life}`);
  }

  private async testSlackBot(bot: Data<'slack.bot'>): Promise<ConnectionTest> {
    const response = await this.egress.http.send({
      method: 'POST',
      url: `${bot.apiUrl ?? 'https://slack.com/api'}/auth.test`,
      headers: { authorization: `Bearer ${bot.token}`, 'content-type': 'application/x-www-form-urlencoded' },
      secretHeaders: ['authorization'],
      body: '',
      signal: AbortSignal.timeout(TEST_LIMIT_MS),
    });
    const answer = SlackAnswer.safeParse(parseJson(response.body));
    if (!answer.success)
      return failed(`The Slack API answered ${response.status}, not as Slack does. Check its address.`);
    if (!answer.data.ok) return failed(`Slack refused the token: ${answer.data.error ?? 'no reason given'}.`);
    return worked(
      `Slack knows this bot as ${answer.data.user ?? 'a user'} of ${answer.data.team ?? 'a team'}.`,
    );
  }

  private async testSlackWebhook(webhook: Data<'slack.webhook'>): Promise<ConnectionTest> {
    const { status } = await this.egress.http.send({
      method: 'POST',
      url: webhook.url,
      headers: { 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(TEST_LIMIT_MS),
    });
    if (status === EMPTY_MESSAGE_REFUSED || (status >= 200 && status < 300)) {
      return worked('The webhook answers. Nothing was posted.');
    }
    return failed(`The webhook answered ${status}. Make a new one in Slack and store its address here.`);
  }
}

function worked(message: string): ConnectionTest {
  return { ok: true, message };
}

function failed(message: string): ConnectionTest {
  return { ok: false, message };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

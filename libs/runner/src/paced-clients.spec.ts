import { PermanentError, RetryableError, type HttpClient } from '@hookloom/step-kit';
import { describe, expect, it } from 'vitest';
import { StepPostponed, type Clearance, type Destination } from './destinations.js';
import { Pace } from './pace.js';
import { pacedHttp, pacedMail } from './paced-clients.js';

/** A client whose calls are cleared as scripted; `sent` and `noted` tell what happened. */
function aClient(clearances: Clearance[], status = 200, turnUntil?: number) {
  const sent: string[] = [];
  const noted: (string | undefined)[] = [];
  const asked: unknown[] = [];
  const http: HttpClient = {
    send: async ({ url }) => {
      sent.push(url);
      if (status === 0) throw new RetryableError('It does not answer.');
      return { status, headers: {}, body: Buffer.of(), url };
    },
  };
  const pace = new Pace({
    projectId: 'p',
    workflowId: 'w',
    limits: [{ host: 'API.example.com', limit: 5 }],
    now: () => 1_000,
    turnUntil,
    destinations: {
      ask: async ({ host }: Destination, limit) => {
        asked.push([host, limit?.limit]);
        return clearances.shift() ?? { kind: 'clear' };
      },
      note: (_destination, problem) => noted.push(problem),
    },
  });
  const client = pacedHttp(http, pace);
  const { signal } = new AbortController();
  const send = (url = 'https://api.example.com/a') => client.send({ method: 'GET', url, signal });
  return { send, sent, noted, asked, pace };
}

const wait = (ms: number, turn = true): Clearance => ({
  kind: 'wait',
  until: 1_000 + ms,
  reason: 'Waiting for api.example.com: limit 5 a second.',
  ...(turn ? { turnUntil: 2_000 + ms } : {}),
});

describe('pacedHttp', () => {
  it('asks for the limit of the host that is called, and notes how the call went', async () => {
    const { send, asked, noted } = aClient([]);
    await send();
    await send('https://other.example.com/');
    expect(asked).toEqual([
      ['api.example.com', 5],
      ['other.example.com', undefined],
    ]);
    expect(noted).toEqual([undefined, undefined]);
  });

  it('postpones the step when its first call has to wait, and sends nothing', async () => {
    const { send, sent } = aClient([wait(5_000)]);
    await expect(send()).rejects.toBeInstanceOf(StepPostponed);
    expect(sent).toEqual([]);
  });

  it('waits itself where that is short, and for the further calls of what it began', async () => {
    const { send, sent } = aClient([wait(5), wait(400)]);
    await send();
    await send();
    expect(sent).toHaveLength(2);
  });

  it('postpones at a pause however short, but fails as worth repeating in the middle', async () => {
    await expect(aClient([wait(5, false)]).send()).rejects.toBeInstanceOf(StepPostponed);
    const { send } = aClient([{ kind: 'clear' }, wait(5, false)]);
    await send();
    await expect(send()).rejects.toMatchObject({ code: 'destination_paused' });
  });

  it('takes the turn that is kept for it, without taking another', async () => {
    const { send, asked } = aClient([], 200, 1_500);
    await send();
    expect(asked).toEqual([['api.example.com', undefined]]);
    const late = aClient([], 200, 999);
    await late.send();
    expect(late.asked).toEqual([['api.example.com', 5]]);
  });

  it('notes answers and errors that another attempt may cure as problems, others not', async () => {
    for (const [status, problem] of [
      [503, 'it answered 503'],
      [429, 'it answered 429'],
      [404, undefined],
    ] as const) {
      const { send, noted } = aClient([], status);
      await send();
      expect(noted).toEqual([problem]);
    }
    const { send, noted } = aClient([], 0);
    await expect(send()).rejects.toThrow('It does not answer.');
    expect(noted).toEqual(['It does not answer.']);
  });
});

describe('pacedMail', () => {
  const server = { host: 'Mail.example.com', port: 465, secure: true };
  const message = {
    from: 'a@example.com',
    to: ['b@example.com'],
    subject: 'Hi',
    messageId: '<1@example.com>',
  };
  const { signal } = new AbortController();

  async function aMail(clearances: Clearance[], fault?: Error) {
    const { pace, asked, noted } = aClient(clearances);
    const answer = { messageId: message.messageId, accepted: ['b@example.com'], rejected: [] };
    const send = async () => (fault ? Promise.reject(fault) : answer);
    const mail = pacedMail({ send, check: async () => undefined }, pace);
    const outcome = await mail.send(server, message, signal).catch((error: unknown) => error);
    return { outcome, asked, noted };
  }

  it('asks for its server as for any host, and leaves it alone while it is paused', async () => {
    const { asked, noted } = await aMail([]);
    expect([asked, noted]).toEqual([[['mail.example.com:465', undefined]], [undefined]]);
    const paused = await aMail([wait(5, false)]);
    expect(paused.outcome).toBeInstanceOf(StepPostponed);
  });

  it.each([
    ['a server that does not answer', new RetryableError('No answer.'), ['No answer.']],
    ['one that closes', new RetryableError('Closing.', { status: 421 }), ['Closing.']],
    ['a recipient who must wait', new RetryableError('Later.', { status: 450 }), [undefined]],
    ['a mail that is refused', new PermanentError('No.', { status: 550 }), [undefined]],
    ['an address that is none', new PermanentError('No.'), []],
  ])('counts %s against the server only where it is its own fault', async (_name, fault, problems) => {
    expect((await aMail([], fault)).noted).toEqual(problems);
  });
});

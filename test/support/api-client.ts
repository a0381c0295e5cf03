import type {
  EndpointView,
  EventDetail,
  RunDetail,
  WorkflowDefinition,
  WorkflowView,
} from '@hookloom/contracts';

export interface ApiAnswer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** The REST API as a script uses it: with a key, JSON in and out. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly key: string | undefined,
  ) {}

  async call<T>(method: string, path: string, body?: unknown): Promise<ApiAnswer<T>> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
      headers: response.headers,
    };
  }

  /** The answer's body; any status but 2xx fails the test with what the API said. */
  async do<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  createEndpoint(settings: Record<string, unknown>): Promise<EndpointView> {
    return this.do('POST', '/endpoints', settings);
  }

  /** Creates a workflow and makes it live. */
  async createLive(name: string, definition: WorkflowDefinition): Promise<WorkflowView> {
    const workflow = await this.do<WorkflowView>('POST', '/workflows', { name, definition });
    await this.do('POST', `/workflows/${workflow.id}/publish`);
    return workflow;
  }

  event(id: string): Promise<EventDetail> {
    return this.do('GET', `/events/${id}`);
  }

  run(id: string): Promise<RunDetail> {
    return this.do('GET', `/runs/${id}`);
  }

  /** The runs of an event once all of them have ended. */
  async finishedRuns(eventId: string, withinMs = 20_000): Promise<RunDetail[]> {
    let seen: RunDetail[] = [];
    const what = (): string => `the runs of event ${eventId} to end: ${JSON.stringify(seen, undefined, 1)}`;
    return until(what, withinMs, async () => {
      const { runs } = await this.event(eventId);
      seen = await Promise.all(runs.map((run) => this.run(run.id)));
      const isDone = seen.length > 0 && seen.every((run) => run.finishedAt !== null);
      return isDone ? seen : undefined;
    });
  }
}

/** Asks again until there is an answer. @throws after `withinMs` with what was waited for */
export async function until<T>(
  what: string | (() => string),
  withinMs: number,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end)
      throw new Error(`Waited ${withinMs} ms for ${typeof what === 'string' ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

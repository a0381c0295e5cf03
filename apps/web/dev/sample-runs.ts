import type {
  AttemptView,
  EventDetail,
  RunDetail,
  RunStatus,
  StepResultView,
  WorkflowView,
} from '@hookloom/contracts';
import { idAt, iso } from './sample-ids.js';

const ANSWER_503 = {
  code: 'http_status',
  message: 'orders.example.com answered 503.',
  status: 503,
  stepId: 'create',
};

function attempt(number: number, from: number, ms: number, more: Partial<AttemptView> = {}): AttemptView {
  return { number, status: 'succeeded', startedAt: iso(from), finishedAt: iso(from + ms), ...more };
}

function failedAttempts(from: number): AttemptView[] {
  const starts = [0, 2_400, 6_900, 14_100];
  return starts.map((start, at) =>
    attempt(at + 1, from + start, 96 + at * 3, {
      status: 'failed',
      error: ANSWER_503,
      ...(starts[at + 1] === undefined ? {} : { retryAt: iso(from + (starts[at + 1] ?? 0)) }),
      detail: {
        request: {
          method: 'POST',
          url: 'https://orders.example.com/v1/orders',
          headers: {
            'idempotency-key': '8c41f3b2-07fe',
            authorization: 'hidden',
            'content-type': 'application/json',
          },
          body: '{"number":10482,"customer":"Ana","amount":248.5,"currency":"EUR"}',
          bodyBytes: 65,
        },
        response: {
          status: 503,
          url: 'https://orders.example.com/v1/orders',
          headers: { 'retry-after': '5', 'content-type': 'application/json' },
          body: '{"error":"maintenance until 10:50"}',
          bodyBytes: 35,
        },
      },
    }),
  );
}

function step(stepId: string, attempts: AttemptView[], more: Partial<StepResultView> = {}): StepResultView {
  const [first] = attempts;
  const last = attempts.at(-1);
  return {
    stepId,
    path: stepId,
    status: 'succeeded',
    attempts,
    ...(first ? { startedAt: first.startedAt } : {}),
    ...(last?.finishedAt ? { finishedAt: last.finishedAt } : {}),
    ...more,
  };
}

const ORDER = { number: 10_482, customer: 'Ana', email: 'ana@example.com', amount: 248.5, currency: 'EUR' };

/** A run of "Order → Slack" that reached as far as `status` says. */
export function orderSteps(from: number, status: RunStatus, trigger: unknown): StepResultView[] {
  const before = [
    step('payment', [attempt(1, from, 4)], { output: trigger }),
    step('order', [attempt(1, from + 5, 3)], { input: trigger, output: ORDER }),
    step('big', [attempt(1, from + 9, 1)], { input: ORDER, output: ORDER }),
    step('tell', [attempt(1, from + 11, 212)], {
      input: ORDER,
      output: { ok: true, channel: 'C04T7ORDERS', ts: '1763804527.418' },
    }),
  ];
  const skipped = ['thank', 'archive'].map((id) =>
    step(id, [], { status: status === 'failed' || id === 'thank' ? 'skipped' : 'pending' }),
  );
  const attempts = failedAttempts(from + 230);
  const waiting = attempts.slice(0, 2);
  if (status === 'failed')
    return [
      ...before,
      step('create', attempts, { status: 'failed', input: ORDER, error: ANSWER_503 }),
      ...skipped,
    ];
  if (status === 'waiting') {
    const retryAt = iso(Date.now() + 42_000);
    const last = waiting.at(-1);
    return [
      ...before,
      step('create', last ? [...waiting.slice(0, 1), { ...last, retryAt }] : [], {
        status: 'waiting',
        input: ORDER,
      }),
      ...skipped,
    ];
  }
  const create = step('create', [attempt(1, from + 230, 96)], {
    input: ORDER,
    output: { status: 201, headers: { location: '/v1/orders/10482' }, body: { id: 10_482 } },
  });
  if (status === 'running') {
    const { finishedAt: _finished, ...open } = attempt(1, from + 330, 0, { status: 'running' });
    return [
      ...before,
      create,
      step('archive', [open], { status: 'running', input: create.output }),
      step('thank', [], { status: 'skipped' }),
    ];
  }
  return [
    ...before,
    create,
    step('archive', [attempt(1, from + 330, 88)], { input: create.output, output: { status: 204 } }),
    step('thank', [], { status: 'skipped' }),
  ];
}

export function aRun(workflow: WorkflowView, event: EventDetail, status: RunStatus, salt: number): RunDetail {
  const from = Date.parse(event.receivedAt) + 12;
  const lasted = status === 'failed' ? 14_436 : 430;
  const isOver = ['succeeded', 'failed', 'cancelled', 'skipped'].includes(status);
  const started = status === 'queued' ? null : iso(from);
  return {
    id: idAt(from, salt + 500),
    workflowId: workflow.id,
    version:
      workflow.liveVersion === null ? null : salt % 9 === 4 ? workflow.liveVersion - 1 : workflow.liveVersion,
    kind: salt % 11 === 5 ? 'replay' : 'event',
    status,
    eventId: event.id,
    createdAt: iso(from - 6),
    startedAt: started,
    finishedAt: isOver ? iso(from + lasted) : null,
    ...(status === 'waiting' ? { resumesAt: iso(Date.now() + 42_000) } : {}),
    ...(status === 'failed' ? { error: ANSWER_503 } : {}),
    steps: status === 'queued' || status === 'skipped' ? [] : orderSteps(from, status, event.body),
  };
}

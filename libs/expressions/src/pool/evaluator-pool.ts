import { LIMITS } from '@hookloom/contracts/limits';
import type { UnreadableReason } from '@hookloom/payload';
import type { EvaluationOutcome, EvaluationRequest, Evaluator } from '../evaluator.js';
import type { ExpressionProblem } from '../source/check-expression.js';
import { JOB } from './codes.js';
import { Crew } from './crew.js';
import { Evaluation, isCode } from './evaluation.js';
import type { FrameWriter } from './frames.js';
import type { Job } from './job.js';
import { KnownReferences } from './known-references.js';
import { hasLater, withLoaded } from './load-later.js';
import { Question } from './question.js';

/** The pool was closed: nothing is evaluated any more. */
export class EvaluatorClosedError extends Error {
  readonly code = 'evaluator_closed';

  constructor() {
    super('The expression evaluator is closed because this process is stopping.');
    this.name = new.target.name;
  }
}

/** How many children evaluate side by side. One more starts when one is held up, and leaves when idle. */
export interface EvaluatorPoolOptions {
  /** Default 1: batched frames make one child enough for thousands of expressions a second. */
  readonly size?: number;
}

/** Whether a body can be read by its content type. `timedOut`: not within the time given. */
export type BodyCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: UnreadableReason; readonly message: string }
  | { readonly timedOut: true };

/** One place where a body is not of the declared shape. `path`: dot path, empty for the whole body. */
export interface ShapeError {
  readonly path: string;
  readonly message: string;
}

/** What a JSON Schema says of a body. `schema`: the schema itself cannot be used. */
export type ShapeCheck =
  | { readonly ok: true; readonly errors: readonly ShapeError[] }
  | { readonly ok: false; readonly reason: UnreadableReason | 'schema'; readonly message: string }
  | { readonly timedOut: true };

/** Whether a JSON Schema can be used, or a sentence that says why not. */
export type SchemaCheck = { readonly ok: true } | { readonly ok: false; readonly message: string };

interface Asked {
  readonly kind: number;
  readonly timeoutMs: number;
  readonly sources: readonly string[];
  readonly bytes: number;
  readonly write: (frame: FrameWriter) => void;
}

/** A child that has yet to boot answers late; the sender of a first request would otherwise be refused. */
const BOOT_ALLOWANCE_MS = 2_000;
/** Editing, not running: nobody's event waits for it. */
const EDIT_TIMEOUT_MS = 2_000;

/**
 * The only place where people's expressions, schemas, XML and multipart bodies are read: child processes without
 * environment, fed by frames. Source: reliability rules 31 to 33 and 50.
 */
export class EvaluatorPool implements Evaluator {
  private readonly references = new KnownReferences();
  private readonly expressions: Crew;
  /** Apart, since slow schemas must not hold up expressions, and schemas compile to code. */
  private readonly schemas: Crew;
  /** Apart, since code may take long; its child is there only while code is run. */
  private readonly code: Crew;
  private isClosed = false;

  constructor(options: EvaluatorPoolOptions = {}) {
    const flags = ['--disallow-code-generation-from-strings'];
    this.expressions = new Crew({
      program: { entry: 'expression-child.js', flags },
      size: options.size ?? 1,
    });
    this.schemas = new Crew({ program: { entry: 'schema-child.js', flags: [] }, size: 1 });
    this.code = new Crew({ program: { entry: 'code-child.js', flags }, size: 1 });
  }

  /** Boots the first child now: for a process whose first job should not wait for it. */
  warm(): void {
    this.expressions.warm();
  }

  /** Process ids of the children, for tests and for those who watch memory. */
  get pids(): readonly number[] {
    return [...this.expressions.pids, ...this.schemas.pids, ...this.code.pids];
  }

  /**
   * One outcome an expression, in order. A `timeoutMs` in the request is also the longest wait in all: whoever
   * gives one has somebody waiting.
   *
   * @throws EvaluatorClosedError when the pool is closed
   */
  evaluate(request: EvaluationRequest): Promise<readonly EvaluationOutcome[]> {
    if (request.expressions.length === 0) return Promise.resolve([]);
    return hasLater(request) ? this.evaluateLoaded(request) : this.evaluateNow(request);
  }

  private async evaluateLoaded(request: EvaluationRequest): Promise<readonly EvaluationOutcome[]> {
    return this.evaluateNow(await withLoaded(request, this.references));
  }

  private evaluateNow(request: EvaluationRequest): Promise<readonly EvaluationOutcome[]> {
    const crew = isCode(request) ? this.code : this.expressions;
    return new Promise((resolve, reject) => {
      let limit: NodeJS.Timeout | undefined;
      const job = new Evaluation(request, this.references, {
        done: (outcomes) => {
          clearTimeout(limit);
          resolve(outcomes);
        },
        closed: () => reject(new EvaluatorClosedError()),
        slow: (source) => crew.suspect([source]),
      });
      if (request.timeoutMs !== undefined) limit = this.limit(crew, job);
      this.submit(crew, job);
    });
  }

  /** Whether a body can be read, without its value: for XML and multipart while the sender waits. */
  async readBody(
    bytes: Uint8Array,
    contentType: string | undefined,
    timeoutMs: number = LIMITS.whileSenderWaitsMs,
  ): Promise<BodyCheck> {
    return this.ask<BodyCheck>(this.expressions, {
      kind: JOB.readBody,
      timeoutMs,
      sources: [],
      bytes: bytes.length,
      write: (frame) => {
        frame.optional(contentType);
        frame.bytes(bytes);
      },
    });
  }

  /** Checks the syntax of expressions, each as `checkExpression` does. One that cannot be parsed in time is a problem. */
  async check(sources: readonly string[]): Promise<readonly (ExpressionProblem | undefined)[]> {
    return this.checkBy(this.expressions, sources);
  }

  /** The same for the code of steps, by the engine that runs it. Nothing of it is run. */
  async checkCode(sources: readonly string[]): Promise<readonly (ExpressionProblem | undefined)[]> {
    return this.checkBy(this.code, sources);
  }

  private async checkBy(
    crew: Crew,
    sources: readonly string[],
  ): Promise<readonly (ExpressionProblem | undefined)[]> {
    const answers = await Promise.all(sources.map((source) => this.checkOne(crew, source)));
    return answers.map((answer) => answer ?? undefined);
  }

  /** Checks a body against a JSON Schema (drafts 7, 2019-09 and 2020-12) while the sender waits. */
  async validate(
    schemaJson: string,
    bytes: Uint8Array,
    contentType: string | undefined,
    timeoutMs: number = LIMITS.whileSenderWaitsMs,
  ): Promise<ShapeCheck> {
    return this.ask<ShapeCheck>(this.schemas, {
      kind: JOB.validate,
      timeoutMs,
      sources: [schemaJson],
      bytes: bytes.length + schemaJson.length,
      write: (frame) => {
        frame.text(schemaJson);
        frame.optional(contentType);
        frame.bytes(bytes);
      },
    });
  }

  /** Whether a schema can be used at all; asked when an endpoint is saved. Also readies the children for it. */
  async checkSchema(schemaJson: string): Promise<SchemaCheck> {
    const answer = await this.ask<SchemaCheck>(this.schemas, {
      kind: JOB.checkSchema,
      timeoutMs: EDIT_TIMEOUT_MS,
      sources: [schemaJson],
      bytes: schemaJson.length,
      write: (frame) => frame.text(schemaJson),
    });
    if (!('timedOut' in answer)) return answer;
    return { ok: false, message: 'The JSON Schema takes too long to read. Make it smaller or simpler.' };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.expressions.close();
    this.schemas.close();
    this.code.close();
  }

  private async checkOne(crew: Crew, source: string): Promise<ExpressionProblem | null> {
    const answer = await this.ask<readonly (ExpressionProblem | null)[]>(crew, {
      kind: JOB.check,
      timeoutMs: EDIT_TIMEOUT_MS,
      sources: [source],
      bytes: source.length,
      write: (frame) => {
        frame.number(1);
        frame.text(source);
      },
    });
    if (!('timedOut' in answer)) return answer[0] ?? null;
    return { message: 'The expression takes too long to read. Make it simpler.', position: 0 };
  }

  /** A fault other than closing counts as time that ran out: the question was too much for a child. */
  private ask<Answer>(crew: Crew, asked: Asked): Promise<Answer | { readonly timedOut: true }> {
    return new Promise((resolve, reject) => {
      const job = new Question({
        ...asked,
        write: (frame) => {
          frame.byte(asked.kind);
          asked.write(frame);
        },
        answered: (json) => {
          clearTimeout(limit);
          resolve(JSON.parse(json));
        },
        failed: (fault) => {
          clearTimeout(limit);
          if (fault === 'closed') reject(new EvaluatorClosedError());
          else resolve({ timedOut: true });
        },
      });
      const limit = this.limit(crew, job);
      this.submit(crew, job);
    });
  }

  private submit(crew: Crew, job: Job): void {
    if (this.isClosed) job.fail('closed');
    else crew.submit(job);
  }

  private limit(crew: Crew, job: Job): NodeJS.Timeout {
    return setTimeout(() => job.fail('timeout'), job.timeoutMs + (crew.isReady ? 0 : BOOT_ALLOWANCE_MS));
  }
}

/** Makes a pool; children boot when they are needed, or when it is told to `warm`. @throws Error if the lib is not built */
export function createEvaluatorPool(options?: EvaluatorPoolOptions): EvaluatorPool {
  return new EvaluatorPool(options);
}

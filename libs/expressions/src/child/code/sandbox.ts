import { LIMITS } from '@hookloom/contracts/limits';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { Failure } from '../failure.js';
import { neverEnds, outOfMemory, slowCode, toCodeFailure, tooDeep, tooLargeResult } from './code-failure.js';
import { CODE_FILE, CODE_NAMES, PRELUDE, toFunction } from './code-names.js';

/** What code returned as JSON text, or why it returned nothing, and what it wrote to its console either way. */
export type CodeResult = { readonly logs: readonly string[] } & (
  { readonly ok: true; readonly json: string } | ({ readonly ok: false } & Failure)
);

/** Of the engine's own stack; the host's ends later, and ends the engine with it. */
const STACK_BYTES = 160 * 1024;
/** To say what was thrown when there is no memory left. */
const LAST_BYTES = 1024 * 1024;
/** Of the console. */
const MOST_LINES = 200;

/** Thrown here to leave an evaluation with its failure. */
class CodeFailed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/**
 * People's JavaScript in QuickJS, itself in WebAssembly: each run has an engine of its own, with what the language
 * brings and nothing of the host but the lines that its console takes.
 */
export class Sandbox {
  private module: QuickJSWASMModule | undefined;

  /** @param scopeJson JSON text of an object with what code sees */
  async run(source: string, scopeJson: string, timeoutMs: number): Promise<CodeResult> {
    const logs = new Logs();
    const result = await this.within(timeoutMs, source, (engine) => engine.call(source, scopeJson, logs));
    return { logs: logs.lines, ...result };
  }

  /** Why source is no function body; `undefined` if it is one. Nothing of it is run. */
  async check(source: string, timeoutMs: number): Promise<Failure | undefined> {
    const result = await this.within(timeoutMs, source, (engine) => {
      engine.compile(source).dispose();
      return 'null';
    });
    return result.ok ? undefined : result;
  }

  private async within(
    timeoutMs: number,
    source: string,
    use: (engine: Engine) => string,
  ): Promise<{ ok: true; json: string } | ({ ok: false } & Failure)> {
    this.module ??= await newQuickJSWASMModuleFromVariant(import('@jitl/quickjs-wasmfile-release-sync'));
    const engine = new Engine(this.module, timeoutMs);
    try {
      const json = use(engine);
      engine.dispose();
      return { ok: true, json };
    } catch (error) {
      // An engine that was left in the middle of something cannot be taken apart: the whole module goes.
      this.module = undefined;
      if (engine.isLate) return { ok: false, ...slowCode(timeoutMs) };
      if (error instanceof CodeFailed) return { ok: false, ...error.failure };
      if (error instanceof RangeError) return { ok: false, ...tooDeep({}, source) };
      return { ok: false, ...outOfMemory() };
    }
  }
}

/** The console of one run, cut where it grows too long. */
class Logs {
  readonly lines: string[] = [];
  private left: number = LIMITS.codeLogBytes;
  private isCut = false;

  add(line: string): void {
    if (this.isCut) return;
    this.left -= line.length;
    this.isCut = this.left < 0 || this.lines.length === MOST_LINES;
    this.lines.push(this.isCut ? '… the rest of the log is left out' : line);
  }
}

/** One engine for one run. */
class Engine {
  isLate = false;
  private readonly runtime: QuickJSRuntime;
  private readonly context: QuickJSContext;

  constructor(module: QuickJSWASMModule, timeoutMs: number) {
    this.runtime = module.newRuntime();
    this.runtime.setMemoryLimit(LIMITS.codeMemoryBytes);
    this.runtime.setMaxStackSize(STACK_BYTES);
    const deadline = performance.now() + timeoutMs;
    this.runtime.setInterruptHandler(() => {
      this.isLate ||= performance.now() > deadline;
      return this.isLate;
    });
    this.context = this.runtime.newContext();
  }

  dispose(): void {
    this.context.dispose();
    this.runtime.dispose();
  }

  /** @returns JSON text of what the code returned. @throws CodeFailed */
  call(source: string, scopeJson: string, logs: Logs): string {
    const { context } = this;
    const prepared = this.prepare(scopeJson, logs);
    const [args, encode, describe] = ['args', 'encode', 'describe'].map((name) =>
      context.getProp(prepared, name),
    );
    prepared.dispose();
    if (!args || !encode || !describe) throw new CodeFailed(outOfMemory());
    const main = this.compile(source);
    const given = CODE_NAMES.map((_, at) => context.getProp(args, at));
    const promise = this.settled(context.callFunction(main, context.undefined, ...given), describe, source);
    const value = this.awaited(promise, describe, source);
    const most = context.newNumber(LIMITS.stepOutputBytes);
    const encoded = this.settled(
      context.callFunction(encode, context.undefined, value, most),
      describe,
      source,
    );
    if (context.typeof(encoded) !== 'string') throw new CodeFailed(tooLargeResult());
    const json = context.getString(encoded);
    for (const handle of [args, encode, describe, main, ...given, promise, value, most, encoded])
      handle.dispose();
    return json;
  }

  /** @throws CodeFailed if the source is no function body */
  compile(source: string): QuickJSHandle {
    const found = this.context.evalCode(toFunction(source), CODE_FILE);
    if (!found.error) return found.value;
    const told: unknown = this.context.dump(found.error);
    throw new CodeFailed(toCodeFailure(JSON.stringify(told) ?? '', source));
  }

  private prepare(scopeJson: string, logs: Logs): QuickJSHandle {
    const { context } = this;
    const write = context.newFunction('write', (line) => logs.add(context.getString(line)));
    const texts = [scopeJson, JSON.stringify(CODE_NAMES)].map((text) => context.newString(text));
    const limits = [LIMITS.codeLogBytes, MOST_LINES + 1].map((limit) => context.newNumber(limit));
    const make = context.evalCode(PRELUDE, 'prelude');
    if (make.error) throw new CodeFailed(outOfMemory());
    const made = context.callFunction(make.value, context.undefined, write, ...texts, ...limits);
    if (made.error) throw new CodeFailed(outOfMemory());
    for (const handle of [write, ...texts, ...limits, make.value]) handle.dispose();
    return made.value;
  }

  /** The value of a call. @throws CodeFailed with what it threw */
  private settled(
    result: ReturnType<QuickJSContext['callFunction']>,
    describe: QuickJSHandle,
    source: string,
  ): QuickJSHandle {
    if (result.error) throw this.thrown(result.error, describe, source);
    return result.value;
  }

  /** What the promise of the code's function gives once all that it waits for is done. */
  private awaited(promise: QuickJSHandle, describe: QuickJSHandle, source: string): QuickJSHandle {
    const jobs = this.runtime.executePendingJobs();
    if (jobs.error) throw this.thrown(jobs.error, describe, source);
    const state = this.context.getPromiseState(promise);
    if (state.type === 'fulfilled') return state.value;
    throw state.type === 'pending' ? new CodeFailed(neverEnds()) : this.thrown(state.error, describe, source);
  }

  private thrown(error: QuickJSHandle, describe: QuickJSHandle, source: string): CodeFailed {
    this.runtime.setMemoryLimit(LIMITS.codeMemoryBytes + LAST_BYTES);
    const told = this.context.callFunction(describe, this.context.undefined, error);
    if (told.error) return new CodeFailed(this.isLate ? slowCode(0) : outOfMemory());
    return new CodeFailed(toCodeFailure(this.context.getString(told.value), source));
  }
}

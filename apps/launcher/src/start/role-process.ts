import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { parseChildMessage } from './messages.js';

export interface RoleProgram {
  readonly role: string;
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How a child ended: its code, or the signal that ended it. */
export type ChildEnd = number | NodeJS.Signals;

interface RoleEvents {
  ready: [];
  bell: [bell: unknown];
  end: [end: ChildEnd];
}

/** One child process of one role, from its start to its end. Its output is this process's output. */
export class RoleProcess extends EventEmitter<RoleEvents> {
  readonly role: string;
  readonly ended: Promise<ChildEnd>;
  private readonly child: ChildProcess;
  private hasEnded = false;

  constructor({ role, program, env }: RoleProgram) {
    super();
    this.role = role;
    this.child = fork(program, [], { env, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.child.on('message', (message) => this.hear(message));
    this.child.on('error', () => undefined); // a message to a child that just ended; its end is told by `end`
    this.ended = this.watchEnd();
  }

  ring(bell: unknown): void {
    if (this.child.connected) this.child.send({ bell }, () => undefined);
  }

  /** SIGTERM asks it to drain, SIGKILL ends it at once. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (!this.hasEnded) this.child.kill(signal);
  }

  private hear(message: unknown): void {
    const heard = parseChildMessage(message);
    if (heard?.kind === 'ready') this.emit('ready');
    if (heard?.kind === 'bell') this.emit('bell', heard.bell);
  }

  private async watchEnd(): Promise<ChildEnd> {
    const [code, signal] = await once(this.child, 'exit');
    this.hasEnded = true;
    const end: ChildEnd = signal ?? code;
    this.emit('end', end);
    return end;
  }
}

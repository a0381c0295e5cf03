import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import type { LogLevel } from '../config/config.js';
import { createMask } from './masking.js';
import { toReadableLine } from './readable-lines.js';

export type Logger = PinoLogger;

const SECRET_FIELDS = ['password', 'secret', 'token', 'authorization', 'cookie', 'apiKey', 'encryptionKey'];

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Which process speaks: `api`, `worker`, `launcher`. */
  readonly role: string;
  /** Texts that must never be read in the log, wherever they turn up. */
  readonly secrets?: readonly string[];
  /** Standard output when left out. */
  readonly destination?: DestinationStream;
  /** Lines for a person instead of JSON; by default when standard output is a terminal. */
  readonly readable?: boolean;
}

/** JSON lines on standard output, readable ones on a terminal; secrets are masked by name, by shape and by value. */
export function createLogger(options: LoggerOptions): Logger {
  const mask = createMask(options.secrets ?? []);
  const readable = options.readable ?? process.stdout.isTTY === true;
  return pino(
    {
      level: options.level,
      base: { role: options.role },
      redact: {
        paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
      hooks: { streamWrite: (line) => (readable ? toReadableLine(mask(line)) : mask(line)) },
    },
    options.destination ?? pino.destination(1),
  );
}

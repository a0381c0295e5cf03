import { LIMITS } from '@hookloom/contracts';
import { inflateBody, parseContentType, readMultipartParts } from '@hookloom/payload';
import { ConfigurationError, PermanentError, RetryableError, type FileReader } from '@hookloom/step-kit';
import { FileRoom, type Place } from './file-room.js';
import type { ClaimedRun, EventBodySource, StoredBody } from './ports.js';

/** `<event id>`, or `<event id>#<number of the file>` in a multipart body. */
const REF = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:#([1-9]\d{0,3}))?$/;

/** A body is held as it came, and once more in what the step makes of it. */
const COPIES = 2;

/** Who reads files in one attempt of a step, and until when. */
export interface FilesOf {
  readonly run: Pick<ClaimedRun, 'id' | 'projectId'>;
  /** Of the event that is pinned as the trigger, in the test of a single step. */
  readonly pinnedEventId: () => string | undefined;
  readonly signal: AbortSignal;
}

/** The files of events, within the memory that one worker has for them. */
export class RunFiles {
  private readonly room: FileRoom;

  constructor(
    private readonly source: EventBodySource,
    maxBytes: number = LIMITS.workerFileBytes,
  ) {
    this.room = new FileRoom(maxBytes);
  }

  /** Lets one attempt of a step read files. What it read is held until `use` is done. */
  async lend<T>(of: FilesOf, use: (files: FileReader) => T | Promise<T>): Promise<T> {
    const files = new AttemptFiles(this.source, this.room, of);
    try {
      return await use(files);
    } finally {
      await files.close();
    }
  }
}

/** What one attempt of a step reads. A body is loaded once, however many of its files are asked for. */
class AttemptFiles implements FileReader {
  private readonly bodies = new Map<string, Promise<OpenBody>>();
  private place: Promise<Place> | undefined;

  constructor(
    private readonly source: EventBodySource,
    private readonly room: FileRoom,
    private readonly of: FilesOf,
  ) {}

  async read(ref: string): Promise<Uint8Array> {
    const [, eventId, number] = REF.exec(ref) ?? [];
    if (eventId === undefined) throw notOfThisRun();
    const opening = this.bodies.get(eventId) ?? this.load(eventId);
    this.bodies.set(eventId, opening);
    const body = await opening;
    return number === undefined ? body.bytes : fileAt(body, Number(number));
  }

  /** Others may have the memory. */
  async close(): Promise<void> {
    const place = await this.place?.catch(() => undefined);
    place?.leave();
  }

  private async load(eventId: string): Promise<OpenBody> {
    const { run, pinnedEventId } = this.of;
    const isPinned = pinnedEventId() === eventId;
    const found = await stored(() => this.source.find(run, eventId, isPinned));
    if (found.kind === 'foreign') throw notOfThisRun();
    if (found.kind === 'gone') throw gone();
    const { body } = found;
    await this.takeRoom(body);
    const bytes = await plain(await stored(() => body.load()), body);
    return { bytes, contentType: body.contentType };
  }

  private async takeRoom({ bytes, contentEncoding }: StoredBody): Promise<void> {
    const needed = COPIES * (contentEncoding === undefined ? bytes : LIMITS.maxBodyBytes);
    if (this.place) return (await this.place).grow(needed);
    this.place = this.room.enter(needed, this.of.signal);
    await this.place;
  }
}

interface OpenBody {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  /** Of a multipart body, in their order. */
  files?: readonly Uint8Array[];
}

/** Reading goes once over the bytes, as with a form that is sent: it holds nothing up for long. */
function fileAt(body: OpenBody, number: number): Uint8Array {
  body.files ??= filesIn(body);
  const file = body.files[number - 1];
  if (!file) throw notOfThisRun();
  return file;
}

function filesIn({ bytes, contentType }: OpenBody): Uint8Array[] {
  const parts = readMultipartParts(bytes, parseContentType(contentType));
  if (typeof parts !== 'string') {
    return parts.flatMap(({ filename, content }) => (filename === undefined ? [] : [content]));
  }
  throw new PermanentError(`The body that holds this file cannot be read: it ${parts}.`, {
    code: 'file_unreadable',
  });
}

async function plain(given: Uint8Array, { contentEncoding }: StoredBody): Promise<Uint8Array> {
  if (contentEncoding === undefined) return given;
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const inflated = await inflateBody(contentEncoding, bytes, LIMITS.maxBodyBytes);
  if (inflated.kind === 'plain') return inflated.body;
  throw new PermanentError('The compressed body that holds this file cannot be read.', {
    code: 'file_unreadable',
  });
}

/** The step has begun, so that a database that is away is a failed attempt: nothing was sent, and the next one may read. */
async function stored<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new RetryableError('The file could not be read from the database just now. It is tried again.', {
      code: 'file_unavailable',
      cause,
    });
  }
}

function notOfThisRun(): ConfigurationError {
  return new ConfigurationError(
    'This is no file that came with this run. Use the value of the trigger itself, such as {{ trigger.body.invoice }}: a step reads only files of the event that began its run.',
    { code: 'file_not_found' },
  );
}

function gone(): PermanentError {
  return new PermanentError(
    'The event that brought this file is no longer kept, so the file is gone. Have it sent again; to keep such events longer, raise the retention of events in Settings, Storage.',
    { code: 'file_gone' },
  );
}

import { LIMITS } from '@hookloom/contracts';
import { PermanentError, type FileReader } from '@hookloom/step-kit';
import { z } from 'zod';
import { toText } from './fields.js';

/** A file ready to be sent. */
export interface OutgoingFile {
  /** One plain name: no path, no control character. */
  readonly filename: string;
  /** `undefined`: nobody said, or nothing that may stand in a header. */
  readonly contentType: string | undefined;
  readonly content: Uint8Array;
}

const MAX_NAME = 255;
/** RFC 9110, 8.3.1: anything else could end the header that it stands in. */
const CONTENT_TYPE = /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+(?:\s*;[\x20-\x7e]*)?$/;
const FILE_REF = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:#\d{1,4})?$/;

const told = {
  filename: z.unknown().optional(),
  contentType: z.unknown().optional(),
};

/** As the trigger shows it: `{filename?, contentType, size, ref}`. */
const StoredFile = z.object({ ...told, ref: z.string().regex(FILE_REF) });
/** As an `http` step gives what is neither JSON nor text: `{contentType, size, base64}`. */
const AnsweredFile = z.object({ ...told, base64: z.string() });
/** As an author writes it; `content` is text, or base64 with `encoding: "base64"`. */
const WrittenFile = z.object({
  filename: z.string().min(1).max(MAX_NAME),
  contentType: z.string().max(200).nullish(),
  content: z
    .unknown()
    .refine((value) => value !== undefined)
    .transform((value) => String(toText(value) ?? '')),
  encoding: z.enum(['text', 'utf8', 'base64']).nullish(),
});

/** A value that stands for a file. */
export const FileValue = z.union([StoredFile, AnsweredFile, WrittenFile], {
  error:
    'This is no file. Take one from the data, such as {{ trigger.body.invoice }}, or write {filename, content}.',
});
export type FileValue = z.infer<typeof FileValue>;

/** A value as a file, where it is one. */
export function findFile(value: unknown): FileValue | undefined {
  return FileValue.safeParse(value).data;
}

/** Reads the files that one step sends, one after the other. @throws StepError, for more than LIMITS.stepFileBytes too */
export async function openFiles(values: readonly FileValue[], files: FileReader): Promise<OutgoingFile[]> {
  const opened: OutgoingFile[] = [];
  let bytes = 0;
  for (const value of values) {
    const file = await openFile(value, files);
    bytes += file.content.byteLength;
    if (bytes > LIMITS.stepFileBytes) throw tooMuch();
    opened.push(file);
  }
  return opened;
}

/** A file's bytes; its name and type are made safe for the headers that will hold them. */
async function openFile(value: FileValue, files: FileReader): Promise<OutgoingFile> {
  const contentType = safeType(value.contentType);
  return {
    filename: safeName(value.filename, contentType),
    contentType,
    content: await contentOf(value, files),
  };
}

async function contentOf(value: FileValue, files: FileReader): Promise<Uint8Array> {
  if ('ref' in value) return files.read(value.ref);
  if ('base64' in value) return Buffer.from(value.base64, 'base64');
  return Buffer.from(value.content, value.encoding === 'base64' ? 'base64' : 'utf8');
}

function safeType(contentType: unknown): string | undefined {
  const text = typeof contentType === 'string' ? contentType.trim() : '';
  return text.length <= 200 && CONTENT_TYPE.test(text) ? text : undefined;
}

/** A body that came without a name gets one that says what it is: `file.pdf`. */
function safeName(filename: unknown, contentType = ''): string {
  const last = typeof filename === 'string' ? (filename.split(/[/\\]/).at(-1) ?? '') : '';
  const name = last.replace(/\p{Cc}+/gu, ' ').trim();
  if (name !== '') return name.length <= MAX_NAME ? name : shortened(name);
  const ending = /^[^/]+\/([a-z0-9]{2,4})(?:\s*;.*)?$/i.exec(contentType)?.[1];
  return ending === undefined ? 'file' : `file.${ending.toLowerCase()}`;
}

/** The ending stays: programs go by it. */
function shortened(name: string): string {
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return name.slice(0, MAX_NAME - ending.length) + ending;
}

function tooMuch(): PermanentError {
  return new PermanentError(
    `The files of this step are more than ${LIMITS.stepFileBytes / 1024 / 1024} MiB together. Send fewer in one step, for example one in each round of a loop.`,
    { code: 'files_too_large' },
  );
}

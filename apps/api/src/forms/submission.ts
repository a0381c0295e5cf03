import { hash } from 'node:crypto';
import { labelOf, readFormValues, type FormError, type FormField } from '@hookloom/contracts';
import {
  parseContentType,
  readMultipartParts,
  textOf,
  type MultipartPart,
  type WrittenForm,
  writeForm,
} from '@hookloom/payload';
import type { Filled } from '../pages/form-fields.js';
import { readTexts, toGiven, type GivenTexts } from '../pages/given-values.js';

/** The name of the input that tells one opening of a page from another. */
export const SUBMISSION = '_submission';

const SUBMISSION_ID = /^[A-Za-z0-9-]{8,64}$/;

/** A form that was sent: its body as it is kept, or what the page says is wrong. */
export type Submission =
  | { readonly ok: true; readonly written: WrittenForm; readonly dedupeKey: string | undefined }
  | { readonly ok: false; readonly filled: Filled };

interface Sent {
  readonly body: Buffer;
  readonly contentType: string | undefined;
  /** A random text for the body that is kept. */
  readonly boundary: string;
}

/** Reads and checks what a browser sent. Never throws. */
export function readSubmission(fields: readonly FormField[], sent: Sent): Submission {
  const parts = partsOf(sent);
  if (typeof parts === 'string') {
    return { ok: false, filled: { values: {}, errors: [wrongBody(parts)] } };
  }
  const files = parts.files.filter(({ name }) =>
    fields.some((one) => one.type === 'file' && one.name === name),
  );
  const given = { ...toGiven(fields, parts.texts), ...toFiles(files) };
  const reading = readFormValues(fields, given);
  if (!reading.ok) {
    const errors = [...reading.errors, ...toChooseAgain(fields, files, reading.errors)];
    return { ok: false, filled: { values: Object.fromEntries(parts.texts), errors } };
  }
  const kept = files.filter(({ name }, at) => files.findIndex((one) => one.name === name) === at);
  const values = Object.fromEntries(
    Object.entries(reading.values).filter(([name]) => !kept.some((file) => file.name === name)),
  );
  return {
    ok: true,
    written: writeForm(values, kept, sent.boundary),
    dedupeKey: dedupeKeyOf(parts.texts.get(SUBMISSION)?.[0], values, kept),
  };
}

/** A page cannot fill in a file again: who sent one would lose it without a word. */
function toChooseAgain(
  fields: readonly FormField[],
  files: readonly MultipartPart[],
  errors: readonly FormError[],
): FormError[] {
  return fields.flatMap((field) => {
    const file = files.find(({ name }) => name === field.name);
    if (file === undefined || errors.some((error) => error.field === field.name)) return [];
    const message = `${labelOf(field)}: choose the file “${file.filename ?? ''}” again.`;
    return [{ field: field.name, message }];
  });
}

interface Parts {
  readonly texts: GivenTexts;
  readonly files: readonly MultipartPart[];
}

function partsOf({ body, contentType }: Sent): Parts | string {
  const type = parseContentType(contentType);
  if (type.essence === 'application/x-www-form-urlencoded') {
    return { texts: readTexts(new URLSearchParams(body.toString('utf8'))), files: [] };
  }
  if (type.essence !== 'multipart/form-data') return 'is no form';
  const parts = readMultipartParts(body, type);
  if (typeof parts === 'string') return parts;
  const texts = new Map<string, string[]>();
  for (const part of parts) {
    if (part.filename === undefined) texts.set(part.name, [...(texts.get(part.name) ?? []), textOf(part)]);
  }
  // A file input that was left empty is sent as a file without a name.
  const files = parts.flatMap((part) =>
    part.filename ? [{ ...part, filename: plainName(part.filename) }] : [],
  );
  return { texts, files };
}

/** Browsers write a quote in a file's name so. */
function plainName(filename: string): string {
  return filename.replaceAll('%22', '"');
}

function toFiles(files: readonly MultipartPart[]): Record<string, unknown> {
  const entries = files.map(({ name, filename, contentType = 'application/octet-stream', content }) => [
    name,
    { filename, contentType, bytes: content.length },
  ]);
  return Object.fromEntries(entries);
}

/** A button pressed twice sends the same content under the same id; what was corrected in between is another event. */
function dedupeKeyOf(
  id: string | undefined,
  values: object,
  files: readonly MultipartPart[],
): string | undefined {
  if (id === undefined || !SUBMISSION_ID.test(id)) return undefined;
  const contents = files.map(({ name, content }) => `${name}:${hash('sha256', content)}`);
  return `${id}:${hash('sha256', JSON.stringify([values, contents])).slice(0, 32)}`;
}

function wrongBody(why: string): FormError {
  return { field: SUBMISSION, message: `What was sent ${why}. Fill in the page and send it again.` };
}

import { multipartBoundary, parseMultipart, parseUrlEncoded, type FormFields } from './form-body.js';
import { isObject } from './json-path.js';

/** What a check looks at. */
export interface SignedRequest {
  readonly method: string;
  /** The public URL as registered, with path and query as received. */
  readonly url: string;
  /** Names in lower case, repeats joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as sent, before any decoding or parsing. */
  readonly rawBody: Uint8Array;
  /** Epoch seconds. */
  readonly receivedAt: number;
  /**
   * The JSON body if the caller has parsed it anyway; may be a getter, read at most once and only when some
   * value of the body is needed. Anything but an object or a list is ignored and the bytes are parsed.
   */
  readonly parsedBody?: unknown;
}

const NO_FIELDS: FormFields = new Map();

/** Reads values out of one request; parses query, form and JSON at most once, and only when asked. */
export class RequestReader {
  #json: { value: unknown } | undefined;
  #form: FormFields | undefined;
  #query: FormFields | undefined;

  /** @param jsonField the form field that holds the sender's JSON when the body is a form */
  constructor(
    readonly request: SignedRequest,
    readonly jsonField: string | undefined,
  ) {}

  /** The value, or `undefined` also where it is empty. `name` in lower case. */
  header(name: string): string | undefined {
    const value: unknown = Object.hasOwn(this.request.headers, name) ? this.request.headers[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  get query(): FormFields {
    return (this.#query ??= parseUrlEncoded(queryOf(this.request.url)));
  }

  get form(): FormFields {
    return (this.#form ??= this.#readForm());
  }

  /** The JSON of the body, or `undefined` if there is none to read. */
  get json(): unknown {
    this.#json ??= { value: this.#readJson() };
    return this.#json.value;
  }

  /** True for a form body, and for a body that says nothing about itself. */
  get mayBeForm(): boolean {
    const type = this.header('content-type');
    return type === undefined || /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type);
  }

  #readForm(): FormFields {
    if (!this.mayBeForm) return NO_FIELDS;
    const boundary = multipartBoundary(this.header('content-type') ?? '');
    if (boundary !== undefined) return parseMultipart(this.request.rawBody, boundary);
    return parseUrlEncoded(textOf(this.request.rawBody));
  }

  #readJson(): unknown {
    const field = this.jsonField === undefined ? undefined : this.#jsonInForm(this.jsonField);
    if (field !== undefined) return field;
    const parsed = this.request.parsedBody;
    return isObject(parsed) ? parsed : parseJson(textOf(this.request.rawBody));
  }

  #jsonInForm(field: string): unknown {
    if (!this.mayBeForm) return undefined;
    const text = this.form.get(field)?.[0];
    return text === undefined ? undefined : parseJson(text);
  }
}

let latest: RequestReader | undefined;

/**
 * The reader of a request: handshake and inspection that follow each other share what is parsed. Only the
 * latest is remembered, which is all they need; a weak map of all would cost more than the parsing.
 */
export function readerOf(request: SignedRequest, jsonField: string | undefined): RequestReader {
  if (latest?.request !== request || latest.jsonField !== jsonField) {
    latest = new RequestReader(request, jsonField);
  }
  return latest;
}

/** The body as text; no byte order mark. */
export function textOf(body: Uint8Array): string {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function queryOf(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) return '';
  const end = url.indexOf('#', start);
  return end < 0 ? url.slice(start + 1) : url.slice(start + 1, end);
}

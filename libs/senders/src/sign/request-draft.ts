import { multipartBoundary } from '../request/form-body.js';
import { withValueAt } from '../request/json-path.js';
import { parsePlace, type Place } from '../model/place.js';
import { RequestReader } from '../request/request.js';
import { SignError } from './sign-error.js';

/** A request while it is being signed: places can be written as well as read. */
export class RequestDraft {
  readonly at: number;
  #method: string;
  #url: string;
  #headers: Map<string, string>;
  #body: Uint8Array;

  constructor(
    input: {
      method: string;
      url: string;
      headers: Readonly<Record<string, string>>;
      rawBody: Uint8Array;
      at: number;
    },
    readonly jsonField: string | undefined,
  ) {
    this.at = input.at;
    this.#method = input.method;
    this.#url = input.url;
    this.#headers = new Map(
      Object.entries(input.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    this.#body = input.rawBody;
  }

  /** The request as it stands now, as a check would read it on arrival. */
  read(): RequestReader {
    const headers = Object.fromEntries(this.#headers);
    return new RequestReader(
      { method: this.#method, url: this.#url, headers, rawBody: this.#body, receivedAt: this.at },
      this.jsonField,
    );
  }

  output(): { url: string; headers: Record<string, string>; rawBody: Uint8Array } {
    return { url: this.#url, headers: Object.fromEntries(this.#headers), rawBody: this.#body };
  }

  /** Writes a text at a place; a JSON or form body is made if there is none. */
  set(place: Place, text: string): void {
    const { kind, name } = parsePlace(place);
    if (kind === 'header') this.#headers.set(name, text);
    else if (kind === 'query') this.#setQuery(name, text);
    else if (kind === 'form') this.#setForm(name, text);
    else if (kind === 'json') this.#setJson(name, text);
    else throw new SignError('missing_input', `Nothing can be written at ${place}.`);
  }

  #setQuery(name: string, text: string): void {
    const mark = this.#url.includes('?') ? '&' : '?';
    this.#url += `${mark}${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
  }

  #setForm(name: string, text: string): void {
    if (multipartBoundary(this.#headers.get('content-type') ?? '') !== undefined) {
      throw new SignError(
        'missing_input',
        'A signature cannot be put into a multipart body: send the form URL-encoded.',
      );
    }
    const form = new URLSearchParams(Buffer.from(this.#body).toString('utf8'));
    form.set(name, text);
    this.#headers.set('content-type', 'application/x-www-form-urlencoded');
    this.#body = Buffer.from(form.toString(), 'utf8');
  }

  #setJson(path: string, text: string): void {
    const reader = this.read();
    const json = JSON.stringify(withValueAt(reader.json, path, text));
    const isForm = this.jsonField !== undefined && this.#headers.has('content-type') && reader.mayBeForm;
    if (isForm && this.jsonField !== undefined) this.#setForm(this.jsonField, json);
    else this.#body = Buffer.from(json, 'utf8');
  }
}

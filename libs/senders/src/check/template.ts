import { crc32, hashText, type Pieces } from '../keys/digest.js';
import { failure, type Failure } from './failure.js';
import type { RequestReader } from '../request/request.js';
import { pathOf } from '../request/url.js';

/** Values of a scheme's `vars` for one request and secret. */
export type Vars = ReadonlyMap<string, string>;

/** What a signed text is made of. `secret` is the stored text, for plain hashes. */
export interface SigningInput {
  readonly request: RequestReader;
  readonly vars: Vars;
  readonly secret: string;
}

/** Makes the texts that may have been signed: several where senders differ. */
export type SignedTextMaker = (input: SigningInput) => readonly Pieces[] | Failure;

type Atom = (input: SigningInput) => string | Uint8Array | undefined;

const ATOMS: Readonly<Record<string, Atom>> = {
  body: ({ request }) => request.request.rawBody,
  url: ({ request }) => request.request.url,
  method: ({ request }) => request.request.method.toUpperCase(),
  path: ({ request }) => pathOf(request.request.url),
  secret: ({ secret }) => secret,
  'sha256hex(body)': ({ request }) => hashText('sha256', [request.request.rawBody], 'hex'),
  'crc32(body)': ({ request }) => String(crc32(request.request.rawBody)),
};

const ATOM = /\{([A-Za-z][A-Za-z0-9]*(?:\(body\))?)\}/g;

/** Names in a template that are neither atoms nor `known`. */
export function unknownNames(template: string, known: readonly string[]): string[] {
  return [...template.matchAll(ATOM)].flatMap(([, name = '']) =>
    Object.hasOwn(ATOMS, name) || known.includes(name) ? [] : [name],
  );
}

/** Compiles `v0:{t}:{body}`; a name that is no atom is one of `vars`. */
export function compileTemplate(template: string): (input: SigningInput) => Pieces | Failure {
  const parts = template
    .split(ATOM)
    .map((text, index) => ({ text, read: index % 2 === 0 ? () => text : atom(text) }))
    .filter(({ text }) => text !== '');
  return (input) => {
    const pieces: (string | Uint8Array)[] = [];
    for (const { text, read } of parts) {
      const piece = read(input);
      if (piece === undefined) return missingInput(text);
      pieces.push(piece);
    }
    return pieces;
  };
}

function atom(name: string): Atom {
  const known = Object.hasOwn(ATOMS, name) ? ATOMS[name] : undefined;
  return known ?? (({ vars }) => vars.get(name));
}

function missingInput(name: string): Failure {
  return failure(
    'missing_input',
    `A value that is part of what is signed (${name}) did not come with the request: check that nothing between removes headers or fields.`,
  );
}

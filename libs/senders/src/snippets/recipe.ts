import type { HmacRule } from '@hookloom/contracts';
import { hmacScheme, hmacSender } from '../catalogue/generic.js';
import { SENDERS } from '../catalogue/senders.js';
import { signedTexts } from '../check/signed-check.js';
import { parsePlace } from '../model/place.js';
import type { DigestAlgorithm, Encoding, KeyRule, MacScheme, Scheme, TimeUnit } from '../model/scheme.js';
import type { Sender } from '../model/sender.js';
import { placeReader } from '../request/place-reader.js';
import { RequestReader } from '../request/request.js';

/** What is to be sent, and by whom it is to be signed. */
export interface SnippetInput {
  readonly sender: string;
  readonly scheme?: string | undefined;
  readonly verify?: HmacRule | undefined;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A text of the program: as it stands, or the name of one of its variables. */
export type Piece = { readonly text: string } | { readonly variable: string };

/** How a program finds the value of a variable. */
export type Drawn = { readonly name: string; readonly from: Exclude<TimeUnit, 'any'> | 'random' };

/** A program that sends one request, in no language yet. Variables `body`, `secret` and `signature` are known. */
export interface Recipe {
  readonly url: string;
  readonly method: string;
  readonly body: string;
  readonly headers: readonly (readonly [string, readonly Piece[]])[];
  readonly drawn: readonly Drawn[];
  readonly needsSecret: boolean;
  readonly signature?: {
    /** Without a key it is a plain hash with the secret in its pieces. */
    readonly key?: Pick<KeyRule, 'stripPrefix' | 'suffix'> & { readonly decode: 'utf8' | 'base64' | 'hex' };
    readonly algorithm: DigestAlgorithm;
    readonly encoding: Encoding;
    readonly pieces: readonly Piece[];
  };
  /** Why it does not sign, although the sender does. */
  readonly unsigned?: string;
}

/** Private-use characters around a variable's name: no canonical form changes them, and no delivery has them. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const mark = (name: string) => `${OPEN}${name}${CLOSE}`;

/** Chooses the first scheme that a short program can follow. */
export function toRecipe(input: SnippetInput): Recipe {
  const sender = SENDERS.get(input.sender);
  if (!sender) return plain(input);
  const schemes = sender === hmacSender && input.verify ? [hmacScheme(input.verify)] : sender.schemes;
  const usable = schemes.filter(({ id }) => input.scheme === undefined || input.scheme === id);
  for (const scheme of usable) {
    const recipe = recipeFor(input, sender, scheme);
    if (recipe) return recipe;
  }
  const signs = usable.some(({ kind }) => kind !== 'none');
  const why = `${sender.name} signs in a way that a short program cannot follow: this request goes out unsigned.`;
  return { ...plain(input), ...(signs && { unsigned: why }) };
}

function recipeFor(input: SnippetInput, sender: Sender, scheme: Scheme): Recipe | undefined {
  if (scheme.kind === 'token') {
    const { kind, name } = parsePlace(scheme.token.in);
    if (kind !== 'header') return undefined;
    const value = [{ text: scheme.token.prefix ?? '' }, { variable: 'secret' }];
    return { ...plain(input, [[name, value]]), needsSecret: true };
  }
  return scheme.kind === 'hmac' || scheme.kind === 'hash' ? signing(input, sender, scheme) : undefined;
}

function signing(input: SnippetInput, sender: Sender, scheme: MacScheme): Recipe | undefined {
  const { signature, key, signed } = scheme;
  const place = parsePlace(signature.in);
  const { decode } = key;
  if (place.kind !== 'header' || scheme.bodyHash || scheme.when) return undefined;
  if (decode !== 'utf8' && decode !== 'base64' && decode !== 'hex') return undefined;
  if (key.join !== undefined || key.normalize !== undefined) return undefined;
  if (signature.keyField !== undefined) return undefined;
  const variables = variablesOf(input, sender, scheme);
  if (!variables || ('canonical' in signed && signed.canonical === 'contentfulCanonical')) return undefined;
  const pieces = signedPieces(input, sender, scheme, variables.values);
  if (!pieces) return undefined;
  return {
    ...plain(input, [...variables.headers, [place.name, signatureHeader(scheme, variables.parts)]]),
    drawn: variables.drawn,
    needsSecret: true,
    signature: {
      ...(scheme.kind === 'hmac' && { key: { decode, stripPrefix: key.stripPrefix, suffix: key.suffix } }),
      algorithm: scheme.algorithm,
      encoding: signature.encoding,
      pieces,
    },
  };
}

interface Variables {
  readonly values: ReadonlyMap<string, string>;
  readonly headers: readonly (readonly [string, readonly Piece[]])[];
  /** Parts beside the signature in its own header. */
  readonly parts: readonly (readonly [string, string])[];
  readonly drawn: readonly Drawn[];
}

/** The signed values that are new in each request, and those that stand in the body. */
function variablesOf(input: SnippetInput, sender: Sender, scheme: MacScheme): Variables | undefined {
  const values = new Map<string, string>();
  const headers: [string, Piece[]][] = [];
  const parts: [string, string][] = [];
  const drawn: Drawn[] = [];
  for (const [name, places] of Object.entries(scheme.vars ?? {})) {
    const [place] = [places].flat();
    if (place === undefined || place.includes('{')) return undefined;
    const { kind, name: where } = parsePlace(place);
    if (kind === 'json' || kind === 'form' || kind === 'query') {
      const text = placeReader(place)(reader(input, sender));
      if (text === undefined) return undefined;
      values.set(name, text);
      continue;
    }
    if (kind === 'secret') return undefined;
    const isTime = scheme.timestamp?.var === name || name === 't';
    const variable = isTime ? 'timestamp' : name.toLowerCase();
    const unit = scheme.timestamp?.unit ?? 's';
    drawn.push({ name: variable, from: isTime ? (unit === 'any' ? 's' : unit) : 'random' });
    values.set(name, mark(variable));
    if (kind === 'signature') parts.push([where, variable]);
    else headers.push([where, [{ variable }]]);
  }
  return { values, headers: [...headers, ...ownIds(sender, headers, drawn)], parts, drawn };
}

/** An event id in a header of its own is drawn anew, so that the program can be run again. */
function ownIds(sender: Sender, taken: readonly [string, Piece[]][], drawn: Drawn[]): [string, Piece[]][] {
  const [place] = [sender.eventId.from?.[0] ?? []].flat();
  const { kind, name } = place === undefined ? { kind: 'json', name: '' } : parsePlace(place);
  if (kind !== 'header' || taken.some(([header]) => header === name)) return [];
  drawn.push({ name: 'delivery', from: 'random' });
  return [[name, [{ variable: 'delivery' }]]];
}

function signedPieces(
  input: SnippetInput,
  sender: Sender,
  scheme: MacScheme,
  vars: ReadonlyMap<string, string>,
): Piece[] | undefined {
  const request = reader(input, sender);
  const texts = signedTexts(scheme)({ request, vars, secret: mark('secret') });
  if ('reason' in texts) return undefined;
  return (texts[0] ?? []).flatMap((piece) =>
    typeof piece === 'string' ? split(piece) : [{ variable: 'body' }],
  );
}

function split(text: string): Piece[] {
  return text
    .split(new RegExp(`${OPEN}(\\w+)${CLOSE}`))
    .map((part, index) => (index % 2 === 0 ? { text: part } : { variable: part }))
    .filter((piece) => !('text' in piece) || piece.text !== '');
}

function signatureHeader({ signature }: MacScheme, parts: Variables['parts']): Piece[] {
  const { pair, prefix = '', key = '1', separator = ',' } = signature;
  const item: Piece[] = [
    { text: (pair === undefined ? '' : key + pair) + prefix },
    { variable: 'signature' },
  ];
  const others = parts.map(([name, variable]): Piece[] => [
    { text: /^\d+$/.test(name) ? '' : `${name}${pair ?? '='}` },
    { variable },
  ]);
  const items = signature.leads ? [item, ...others] : [...others, item];
  return items.flatMap((each, index) => (index === 0 ? each : [{ text: separator }, ...each]));
}

function reader({ method, url, headers, body }: SnippetInput, sender: Sender): RequestReader {
  const request = { method, url, headers, rawBody: Buffer.from(body), receivedAt: 0 };
  return new RequestReader(request, sender.jsonField);
}

/** The request with headers of its own, over those of the delivery. */
function plain(input: SnippetInput, own: Recipe['headers'] = []): Recipe {
  const given = Object.entries(input.headers).filter(([name]) => !own.some(([taken]) => taken === name));
  const headers = [...given.map(([name, text]) => [name, [{ text }]] as const), ...own];
  const { url, method, body } = input;
  return { url, method, body, headers, drawn: [], needsSecret: false };
}

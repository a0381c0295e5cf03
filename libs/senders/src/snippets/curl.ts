import type { Drawn, Piece, Recipe } from './recipe.js';
import { SECRET_VARIABLE } from './secret-variable.js';

const HEX = `od -An -tx1 -v | tr -d ' \\n'`;
const DATES: Record<Drawn['from'], string> = {
  s: 'date +%s',
  ms: 'date +%s000',
  iso: 'date -u +%Y-%m-%dT%H:%M:%SZ',
  'http-date': "LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT'",
  random: 'openssl rand -hex 16',
};

/** For a POSIX shell; signing needs openssl beside curl. */
export function toCurl(recipe: Recipe): string {
  const { url, method, body, headers, drawn, signature, needsSecret } = recipe;
  const lines = [
    ...(needsSecret ? [`: "\${${SECRET_VARIABLE}:?Set it to the signing secret of the endpoint.}"`] : []),
    ...(body === '' ? [] : [`body=${quoted(body)}`]),
    ...drawn.map(({ name, from }) => `${name}=$(${DATES[from]})`),
    ...(signature ? [`signature=$(printf '%s' ${text(signature.pieces)} | ${digest(signature)})`] : []),
  ];
  const call = [
    `curl -X ${method} ${quoted(url)}`,
    ...headers.map(([name, value]) => `  -H ${text([{ text: `${name}: ` }, ...value])}`),
    ...(body === '' ? [] : ['  --data-binary "$body"']),
  ];
  return [...lines, call.join(' \\\n')].join('\n');
}

function digest({ key, algorithm, encoding }: NonNullable<Recipe['signature']>): string {
  const encode = { hex: HEX, base64: 'openssl base64 -A', base64url: "openssl base64 -A | tr '+/' '-_'" };
  return `openssl dgst -${algorithm}${key ? ` ${keyOption(key)}` : ''} -binary | ${encode[encoding]}`;
}

function keyOption({
  decode,
  stripPrefix,
  suffix = '',
}: NonNullable<NonNullable<Recipe['signature']>['key']>): string {
  const bare = stripPrefix === undefined ? '' : `#${stripPrefix}`;
  const secret = `\${${SECRET_VARIABLE}${bare}}${suffix}`;
  if (decode === 'utf8') return `-hmac "${secret}"`;
  const hex = decode === 'hex' ? secret : `$(printf '%s' "${secret}" | openssl base64 -d -A | ${HEX})`;
  return `-mac HMAC -macopt "hexkey:${hex}"`;
}

/** In single quotes where nothing is to be filled in. */
function text(pieces: readonly Piece[]): string {
  if (pieces.every((piece) => 'text' in piece)) return quoted(pieces.map(({ text: part }) => part).join(''));
  const parts = pieces.map((piece) =>
    'text' in piece ? piece.text.replace(/["\\$`]/g, '\\$&') : `\${${shellName(piece.variable)}}`,
  );
  return `"${parts.join('')}"`;
}

function shellName(variable: string): string {
  return variable === 'secret' ? SECRET_VARIABLE : variable;
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

import type { Drawn, Piece, Recipe } from './recipe.js';
import { SECRET_VARIABLE } from './secret-variable.js';

const DRAWN: Record<Drawn['from'], string> = {
  s: 'str(int(time.time()))',
  ms: 'str(int(time.time() * 1000))',
  iso: 'time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())',
  'http-date': 'email.utils.formatdate(usegmt=True)',
  random: 'str(uuid.uuid4())',
};

/** For Python 3, with its standard library alone. */
export function toPython(recipe: Recipe): string {
  const { url, method, body, headers, drawn, signature, needsSecret } = recipe;
  return [
    'import base64, email.utils, hashlib, hmac, os, time, urllib.error, urllib.request, uuid',
    '',
    ...(needsSecret ? [`secret = os.environ["${SECRET_VARIABLE}"]`] : []),
    `body = ${JSON.stringify(body)}`,
    ...drawn.map(({ name, from }) => `${name} = ${DRAWN[from]}`),
    ...(signature ? signatureLines(signature) : []),
    'request = urllib.request.Request(',
    `    ${JSON.stringify(url)},`,
    ...(body === '' ? [] : ['    data=body.encode(),']),
    '    headers={',
    ...headers.map(([name, value]) => `        ${JSON.stringify(name)}: ${text(value)},`),
    '    },',
    `    method=${JSON.stringify(method)},`,
    ')',
    'try:',
    '    answer = urllib.request.urlopen(request)',
    'except urllib.error.HTTPError as refusal:',
    '    answer = refusal',
    'print(answer.status, answer.read().decode())',
  ].join('\n');
}

function signatureLines({ key, algorithm, encoding, pieces }: NonNullable<Recipe['signature']>): string[] {
  const encode = {
    hex: 'digest.hex()',
    base64: 'base64.b64encode(digest).decode()',
    base64url: 'base64.urlsafe_b64encode(digest).decode()',
  };
  const content = `(${text(pieces)}).encode()`;
  if (!key) {
    return [`digest = hashlib.${algorithm}(${content}).digest()`, `signature = ${encode[encoding]}`];
  }
  const bare =
    key.stripPrefix === undefined ? 'secret' : `secret.removeprefix(${JSON.stringify(key.stripPrefix)})`;
  const whole = key.suffix === undefined ? bare : `(${bare} + ${JSON.stringify(key.suffix)})`;
  const decoded = {
    utf8: `${whole}.encode()`,
    base64: `base64.b64decode(${whole} + "==")`,
    hex: `bytes.fromhex(${whole})`,
  };
  return [
    `key = ${decoded[key.decode]}`,
    `digest = hmac.new(key, ${content}, hashlib.${algorithm}).digest()`,
    `signature = ${encode[encoding]}`,
  ];
}

function text(pieces: readonly Piece[]): string {
  const parts = pieces
    .filter((piece) => !('text' in piece) || piece.text !== '')
    .map((piece) => ('text' in piece ? JSON.stringify(piece.text) : piece.variable));
  return parts.length === 0 ? '""' : parts.join(' + ');
}

import type { Drawn, Piece, Recipe } from './recipe.js';
import { SECRET_VARIABLE } from './secret-variable.js';

const DRAWN: Record<Drawn['from'], string> = {
  s: 'String(Math.floor(Date.now() / 1000))',
  ms: 'String(Date.now())',
  iso: 'new Date().toISOString()',
  'http-date': 'new Date().toUTCString()',
  random: 'crypto.randomUUID()',
};

/** For Node.js 18 or newer; runs as a module, as a script, and in the prompt. */
export function toNode(recipe: Recipe): string {
  const { url, method, body, headers, drawn, signature, needsSecret } = recipe;
  const lines = [
    ...(needsSecret ? secretLines() : []),
    ...(body === '' ? [] : [`const body = ${JSON.stringify(body)};`]),
    ...drawn.map(({ name, from }) => `const ${name} = ${DRAWN[from]};`),
    ...(signature ? signatureLines(signature) : []),
    `const answer = await fetch(${JSON.stringify(url)}, {`,
    `  method: ${JSON.stringify(method)},`,
    '  headers: {',
    ...headers.map(([name, value]) => `    ${JSON.stringify(name)}: ${text(value)},`),
    '  },',
    ...(body === '' ? [] : ['  body,']),
    '});',
    'console.log(answer.status, await answer.text());',
  ];
  return ["import('node:crypto').then(async (crypto) => {", ...lines.map((line) => `  ${line}`), '});'].join(
    '\n',
  );
}

function secretLines(): string[] {
  return [
    `const secret = process.env.${SECRET_VARIABLE};`,
    `if (!secret) throw new Error('Set ${SECRET_VARIABLE} to the signing secret of the endpoint.');`,
  ];
}

function signatureLines({ key, algorithm, encoding, pieces }: NonNullable<Recipe['signature']>): string[] {
  const digest = `.update(${text(pieces)}).digest('${encoding}');`;
  if (!key) return [`const signature = crypto.createHash('${algorithm}')${digest}`];
  const bare =
    key.stripPrefix === undefined ? 'secret' : `secret.replace(/^${escaped(key.stripPrefix)}/, '')`;
  const whole = key.suffix === undefined ? bare : `${bare} + ${JSON.stringify(key.suffix)}`;
  return [
    `const key = Buffer.from(${whole}, '${key.decode}');`,
    `const signature = crypto.createHmac('${algorithm}', key)${digest}`,
  ];
}

function text(pieces: readonly Piece[]): string {
  const parts = pieces
    .filter((piece) => !('text' in piece) || piece.text !== '')
    .map((piece) => ('text' in piece ? JSON.stringify(piece.text) : piece.variable));
  return parts.length === 0 ? "''" : parts.join(' + ');
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

// The page of one sender: where its URL is pasted, what is signed, what to do when a check fails.
import { bullets, code, page, table } from './markdown.mjs';

const HANDSHAKES = {
  'store-secret': 'Its first request brings a secret, which is stored and used from then on.',
  'confirm-get': 'It asks for a confirmation, which is fetched.',
  'respond-json': 'It sends a challenge that is answered as JSON.',
  'echo-header': 'It sends a challenge in a header that comes back with the answer.',
  'hmac-query': 'It sends a challenge in the query that is answered with its signature.',
  'respond-fixed': 'It expects a fixed answer.',
  'echo-query': 'It sends a challenge in the query that comes back as the answer.',
  ping: 'It sends a ping that is answered and starts nothing.',
  'code-check': 'It checks that the URL knows a code.',
  'method-check': 'It first asks with another method whether the URL is there.',
  'echo-json': 'It sends a challenge as JSON that comes back.',
  'hmac-json': 'It sends a challenge as JSON that is answered with its signature.',
};

/** What to look at when deliveries of a kind of scheme are refused. */
const WHEN_IT_FAILS = {
  hmac: [
    'Compare the stored secret with the one the sender shows: without blanks, of the same endpoint and mode.',
  ],
  hash: [
    'Compare the stored secret with the one the sender shows: without blanks, of the same endpoint and mode.',
  ],
  token: ['Compare the stored token with the one set at the sender, character by character.'],
  basic: ['Compare user name and password with those in the URL or the settings at the sender.'],
  jwt: ['Compare the secret or key, and the audience the token is made for, with the sender’s settings.'],
  asymmetric: [
    'Compare the public key or certificate with the one the sender shows now; keys are exchanged from time to time.',
  ],
  none: [],
};
const BODY_CHANGED = 'Let no proxy rewrite the body: the bytes are signed as they were sent.';
const URL_CHANGED =
  'The URL is part of what is signed: it must be pasted exactly as shown, and `HOOKLOOM_PUBLIC_URL` must be the address that the sender calls.';
const CLOCK = (seconds) => `A delivery older than ${seconds} s is refused: look at the clock of this server.`;
const HINT = 'The event’s Checks tab says which of these it was, as far as that can be told.';

export function senderPage(sender) {
  return page(sender.name, [
    `Sender \`${sender.id}\`. ${sender.confidenceNote}`,
    '## Where the URL goes',
    sender.setup,
    ...secrets(sender),
    '## What is signed',
    schemes(sender),
    ...handshakes(sender),
    '## Events',
    table(['', ''], facts(sender)),
    ...notes(sender),
    '## When a delivery is refused',
    bullets(remedies(sender)),
  ]);
}

function secrets({ secretFields }) {
  if (secretFields.length === 0) return [];
  const rows = secretFields.map(({ name, label, hint, optional }) => [
    label,
    code(name),
    [hint, optional ? 'Optional.' : ''].filter(Boolean).join(' '),
  ]);
  return ['## What to copy', table(['Field', 'Name in the API', ''], rows)];
}

function schemes(sender) {
  if (sender.schemes.every(({ kind }) => kind === 'none')) {
    return 'This sender offers no signature. Keep the URL secret, and rotate it when it got out.';
  }
  const rows = sender.schemes.map((scheme) => [
    code(scheme.id) + (scheme.legacy ? ' (old)' : ''),
    scheme.summary,
    [scheme.coversBody ? 'body' : '', scheme.coversUrl ? 'URL' : ''].filter(Boolean).join(', ') ||
      'neither body nor URL',
    scheme.toleranceSeconds === undefined ? '–' : `${scheme.toleranceSeconds} s`,
  ]);
  return table(['Scheme', 'Check', 'Covers', 'Tolerance'], rows);
}

function handshakes({ handshakes: known }) {
  if (known.length === 0) return [];
  const lines = known.map((name) => HANDSHAKES[name] ?? name);
  return [
    '## Handshake',
    `${lines.join(' ')} It is answered at the trigger URL by itself, whether or not a workflow is live.`,
  ];
}

function facts({ eventId, eventType, delivery, answer }) {
  const from = (fact) => (fact.from.length > 0 ? fact.from.join(', ') : (fact.note ?? 'none'));
  return [
    ['Event id', from(eventId)],
    ['Type', from(eventType)],
    ['Content type', delivery.contentType],
    ['Takes as received', delivery.accepts],
    ['Time for the answer', delivery.timeoutSeconds ? `${delivery.timeoutSeconds} s` : delivery.timeoutNote],
    ['Sends again', delivery.retries],
    ['Answered with', answer ? String(answer.status) : undefined],
    ['Secret rotation', delivery.rotation],
  ].filter(([, value]) => value !== undefined && value !== null && value !== '');
}

function notes({ notes: known }) {
  return known.length === 0 ? [] : ['## Good to know', bullets(known)];
}

function remedies({ schemes: known }) {
  const tolerance = known.find(({ toleranceSeconds }) => toleranceSeconds !== undefined)?.toleranceSeconds;
  return [
    ...new Set([
      ...known.flatMap(({ kind }) => WHEN_IT_FAILS[kind] ?? []),
      ...(known.some(({ coversBody, kind }) => coversBody && kind !== 'none') ? [BODY_CHANGED] : []),
      ...(known.some(({ coversUrl }) => coversUrl) ? [URL_CHANGED] : []),
      ...(tolerance === undefined ? [] : [CLOCK(tolerance)]),
      HINT,
    ]),
  ];
}

/** The check by itself, for every sender that signs by HMAC. */
import { compilePolicy, inspect, SENDERS, sign } from '@hookloom/senders';

const CHECKS = 2_000;
const SECRET = 'a secret of the bench';

/** Half of all HMAC senders take a key of another form than plain text; their check is the same. */
export function timeChecks() {
  const times = [];
  let senders = 0;
  for (const sender of SENDERS.values()) {
    const checked = signedRequest(sender);
    if (checked === undefined) continue;
    senders += 1;
    for (let check = 0; check < CHECKS; check += 1) {
      const startedAt = performance.now();
      inspect(checked.policy, checked.request);
      times.push((performance.now() - startedAt) * 1_000);
    }
  }
  return { senders, times };
}

/** `undefined` for a sender that signs otherwise, or only a body of its own shape. */
function signedRequest(sender) {
  const scheme = sender.schemes.find(
    ({ kind, key, signed }) => kind === 'hmac' && key.decode === 'utf8' && 'template' in signed,
  );
  if (!scheme || sender.secret?.length > 1) return undefined;
  const draft = {
    method: 'POST',
    url: 'https://h.example/hooks/t',
    headers: { 'content-type': 'application/json' },
    rawBody: Buffer.from(JSON.stringify({ id: 'evt_1', type: 'order.paid', note: 'x'.repeat(1_900) })),
  };
  const at = Math.floor(Date.now() / 1_000);
  try {
    const signed = sign(sender.id, { ...draft, secret: SECRET, scheme: scheme.id, at });
    const request = { ...draft, ...signed, receivedAt: at };
    const policy = compilePolicy({ sender: sender.id, scheme: scheme.id, secrets: [SECRET] });
    return inspect(policy, request).verification.status === 'verified' ? { policy, request } : undefined;
  } catch {
    return undefined;
  }
}

/** Words that names of secret values are made of. Signatures are none: they prove one body and are of use in the log. */
export const SECRET_NAME =
  /(^|[-_])(authorization|auth|cookie|token|secret|password|passwd|pwd|apikey|api[-_]key|access[-_]key|credential|jwt)s?($|[-_])/i;

/** Headers in which single senders put a shared secret or a token in clear, under a name that does not say so. */
export const SECRET_HEADERS: readonly string[] = [
  'aeg-sas-key',
  'plaid-verification',
  'upstash-signature',
  'verif-hash',
  'x-webhook-signature',
];

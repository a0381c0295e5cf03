const MASK = '[redacted]';
const HOOK_PATH = /(\/hooks\/)[A-Za-z0-9_%~.-]+/g;
const API_KEY = /\bhl_[A-Za-z0-9_-]{8,}/g;
const SETUP_LINK = /(\/setup\?token=)[A-Za-z0-9_-]+/g;
/** Shorter texts occur by chance; replacing them would ruin the log and hide nothing. */
const SHORTEST_SECRET = 8;

/** Takes out what must never be read in a log: tokens of trigger URLs, API keys, the setup link and `secrets` by value. */
export function createMask(secrets: readonly string[]): (line: string) => string {
  const texts = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(formsOf);
  return (line) => {
    let masked = line
      .replace(HOOK_PATH, `$1${MASK}`)
      .replace(API_KEY, `hl_${MASK}`)
      .replace(SETUP_LINK, `$1${MASK}`);
    for (const text of texts) masked = masked.replaceAll(text, MASK);
    return masked;
  };
}

function formsOf(secret: string): string[] {
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  return [...new Set([...forms, Buffer.from(secret).toString('base64')])];
}

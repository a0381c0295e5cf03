/** Bases of what people choose first; digits and signs around them add nothing. */
const COMMON = new Set(
  (
    'password passw0rd passwort letmein welcome iloveyou monkey dragon sunshine princess football baseball ' +
    'superman batman master shadow qwerty qwertz azerty qwertyuiop qwertzuiop asdfghjkl zxcvbnm admin ' +
    'administrator root user guest test testing changeme secret default login hookloom webhook abc abcdef ' +
    'abcdefgh abcdefghij trustno trustnoone whatever freedom starwars'
  ).split(' '),
);
const SEQUENCES = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];
const FEWEST_DISTINCT = 5;

/** Why a password is too easy to guess, as a sentence; `undefined` if it is good enough. Its length is the schema's. */
export function findWeakness(password: string, email: string): string | undefined {
  const text = password.toLowerCase();
  if (new Set(text).size < FEWEST_DISTINCT) return 'Use more different characters.';
  if (SEQUENCES.some((row) => row.includes(text))) return 'Do not use a row of the keyboard or the alphabet.';
  const base = text.replace(/^[^a-z]+|[^a-z]+$/g, '');
  if (COMMON.has(base) || isRepeated(text)) return 'This password is among the first that are tried.';
  const name = email.toLowerCase().split('@')[0] ?? '';
  if (name.length >= 4 && base === name) return 'Do not use your e-mail address.';
  return undefined;
}

function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

import { closedCheck, type Check, type CheckContext } from './check.js';
import { equalTexts } from '../keys/compare.js';
import { failure, type Failure } from './failure.js';
import { parsePlace, placeInWords } from '../model/place.js';
import { jsonTexts, placeReader } from '../request/place-reader.js';
import { noKey } from '../keys/decode-keys.js';
import type { RequestReader } from '../request/request.js';
import type { BasicScheme, TokenRule, TokenScheme } from '../model/scheme.js';
import type { SecretFields } from '../keys/secret-key.js';
import { secretFields, type Sender } from '../model/sender.js';

/** Compiles a shared secret that is sent in clear. It proves the sender, not the body. */
export function compileToken(scheme: TokenScheme, context: CheckContext): Check {
  const main = secretFields(context.sender)[0].name;
  const expected = context.secrets.flatMap((fields) => fields.get(main) ?? []);
  if (expected.length === 0) return closedCheck(scheme, noKey({ decode: 'utf8', field: main }, context));
  const readAll = spellings(scheme.token);
  return {
    scheme,
    run(request) {
      const found = readAll(request);
      const where = placeInWords(scheme.token.in);
      if (found.length === 0) {
        return failure(
          'missing_signature',
          `The shared token is not there (${where}): set it at ${context.sender.name}, or somebody else sent this.`,
        );
      }
      const isRight = (texts: readonly string[]): boolean =>
        texts.some((text) => expected.some((token) => equalTexts(text, token)));
      return found.every(isRight) ? undefined : mismatch(where, context.sender);
    },
  };
}

/** Every value found, each in the spellings under which it may be right: with and without its prefix. */
function spellings({ in: place, prefix, prefixOptional }: TokenRule): (request: RequestReader) => string[][] {
  const { kind, name } = parsePlace(place);
  const read = placeReader(place);
  const all =
    kind === 'json'
      ? jsonTexts(name)
      : (request: RequestReader): string[] => {
          const text = read(request);
          return text === undefined ? [] : [text];
        };
  if (prefix === undefined) return (request) => all(request).map((text) => [text]);
  return (request) =>
    all(request).map((text) => {
      const has = text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
      const bare = has ? [text.slice(prefix.length)] : [];
      return prefixOptional ? [...bare, text] : bare;
    });
}

function mismatch(where: string, sender: Sender): Failure {
  return failure(
    'token_mismatch',
    `The shared token (${where}) is not the stored one: store here exactly what is set at ${sender.name}.`,
  );
}

/** Compiles HTTP Basic (RFC 7617). */
export function compileBasic(scheme: BasicScheme, context: CheckContext): Check {
  const expected = context.secrets.flatMap((fields) => credentials(fields, context.sender) ?? []);
  if (expected.length === 0) {
    return closedCheck(scheme, noKey({ decode: 'utf8', field: 'user and password' }, context));
  }
  return {
    scheme,
    run(request) {
      const header = request.header('authorization');
      if (header === undefined) {
        return failure(
          'missing_signature',
          `The request carries no user and password: put them into the URL that ${context.sender.name} calls.`,
        );
      }
      const match = /^basic\s+(\S+)$/i.exec(header);
      if (!match) {
        return failure(
          'malformed_signature',
          'The authorization header is not HTTP Basic: check that the right scheme is chosen.',
        );
      }
      const given = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
      return expected.some((one) => equalTexts(given, one))
        ? undefined
        : mismatch('header authorization', context.sender);
    },
  };
}

/** `user:password`, from the two fields or from one text. */
export function credentials(fields: SecretFields, sender: Sender): string | undefined {
  const [user, password] = [fields.get('user'), fields.get('password')];
  if (user !== undefined && password !== undefined) return `${user}:${password}`;
  const whole = fields.get(secretFields(sender)[0].name);
  return whole?.includes(':') ? whole : undefined;
}

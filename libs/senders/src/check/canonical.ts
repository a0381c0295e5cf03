import { sortedForm, plivoUrl, phpSerialized } from './canonical-form.js';
import { failure } from './failure.js';
import { isObject, toText, valuesAt } from '../request/json-path.js';
import { textOf } from '../request/request.js';
import type { CanonicalForm } from '../model/scheme.js';
import type { SignedTextMaker, SigningInput } from './template.js';
import { pathOf } from '../request/url.js';

/** The signed texts that no template can express. Each is pure and total. */
export const CANONICAL: Readonly<Record<CanonicalForm, SignedTextMaker>> = {
  urlPlusSortedForm: (input) => sortedForm(input, 'unique'),
  urlPlusSortedFormAll: (input) => sortedForm(input, 'all'),
  plivoV3: plivoUrl,
  phpSerializedForm: phpSerialized,
  snsFields,
  adyenItem,
  hubspotV3,
  contentfulCanonical,
  hygraphJson,
  easypost,
};

const SNS_FIELDS = [
  'Message',
  'MessageId',
  'Subject',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
];
/** A notification has none of these, even if somebody added them. */
const SNS_CONFIRMATION_FIELDS = ['SubscribeURL', 'Token'];

/** Amazon SNS: name and value of certain members, each on a line, in the order of their names. */
function snsFields({ request }: SigningInput): ReturnType<SignedTextMaker> {
  const message = request.json;
  if (!isObject(message)) {
    return failure(
      'missing_input',
      'The body is no JSON message of SNS: switch raw message delivery off, it is not signed.',
    );
  }
  const isNotification = valuesAt(message, 'Type')[0] === 'Notification';
  const names = isNotification
    ? SNS_FIELDS.filter((name) => !SNS_CONFIRMATION_FIELDS.includes(name))
    : SNS_FIELDS;
  return [
    names.flatMap((name) =>
      valuesAt(message, name).flatMap((value) => (typeof value === 'string' ? `${name}\n${value}\n` : [])),
    ),
  ];
}

const ADYEN_FIELDS = [
  'pspReference',
  'originalReference',
  'merchantAccountCode',
  'merchantReference',
  'amount.value',
  'amount.currency',
  'eventCode',
  'success',
];

/** Adyen payments: eight members of the one item, joined by colons, nothing escaped. */
function adyenItem({ request }: SigningInput): ReturnType<SignedTextMaker> {
  const items = valuesAt(request.json, 'notificationItems.*.NotificationRequestItem');
  if (items.length !== 1) {
    return failure(
      'unsigned_content',
      'The signature covers one notification item, and the body does not hold exactly one.',
    );
  }
  const texts = ADYEN_FIELDS.map((path) => toText(valuesAt(items[0], path)[0]) ?? '');
  return [[texts.join(':')]];
}

/** The percent codes that HubSpot decodes before it signs; all others stay. */
const HUBSPOT_DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

/** HubSpot v3: method, URL with some percent codes decoded, body, timestamp. Without decoding too: its own library does none. */
function hubspotV3({ request, vars }: SigningInput): ReturnType<SignedTextMaker> {
  const { method, url, rawBody } = request.request;
  const decoded = url.replace(/%[0-9a-f]{2}/gi, (code) => HUBSPOT_DECODED[code.toUpperCase()] ?? code);
  const urls = decoded === url ? [url] : [decoded, url];
  return urls.map((one) => [method.toUpperCase(), one, rawBody, vars.get('timestamp') ?? '']);
}

/** Contentful: method, path, the headers that `x-contentful-signed-headers` names, body; a line each. */
function contentfulCanonical({ request }: SigningInput): ReturnType<SignedTextMaker> {
  const names = (request.header('x-contentful-signed-headers') ?? '')
    .split(',')
    .flatMap((name) => name.trim().toLowerCase() || []);
  if (!names.includes('x-contentful-timestamp') || !names.includes('x-contentful-signed-headers')) {
    return failure(
      'missing_input',
      'x-contentful-signed-headers does not name the timestamp: nothing would stop a replay.',
    );
  }
  const headers = names.map((name) => `${name}:${(request.header(name) ?? '').trim()}`).join(';');
  const { method, url, rawBody } = request.request;
  const path = pathOf(url);
  const paths = [...new Set([encodedTwice(path), path, encodedOnce(path)])];
  return paths.map((one) => [`${method.toUpperCase()}\n${one}\n${headers}\n`, rawBody]);
}

/** The vendor's library percent-encodes a query string twice; deliveries that it signed look like this. */
function encodedTwice(path: string): string {
  const start = path.indexOf('?');
  if (start < 0) return encodedOnce(path);
  try {
    return `${encodeURI(path.slice(0, start))}?${encodeURI(encodeURIComponent(path.slice(start + 1)))}`;
  } catch {
    return path;
  }
}

/** Half a surrogate pair, which no sender sends, cannot be encoded. */
function encodedOnce(path: string): string {
  try {
    return encodeURI(path);
  } catch {
    return path;
  }
}

/** Hygraph: a JSON object that holds the body as a text, the environment and the time as a number. */
function hygraphJson({ request, vars }: SigningInput): ReturnType<SignedTextMaker> {
  const time = vars.get('timestamp') ?? '';
  const members = {
    Body: textOf(request.request.rawBody),
    EnvironmentName: vars.get('env') ?? '',
    TimeStamp: Number(time),
  };
  return [[JSON.stringify(members)]];
}

/** EasyPost: the body; also with whole-number weights written as decimals, as its JavaScript library expects. */
function easypost({ request }: SigningInput): ReturnType<SignedTextMaker> {
  const { rawBody } = request.request;
  const text = textOf(rawBody);
  const rewritten = text.replace(/("weight":\s*\d+)(\s*)(?=[,}])/g, '$1$2.0');
  return rewritten === text ? [[rawBody]] : [[rawBody], [rewritten]];
}

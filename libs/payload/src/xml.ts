import { LIMITS } from '@hookloom/contracts/limits';
import { XMLParser } from 'fast-xml-parser';
import { addOwn, setOwn } from './own-property.js';
import { readable, unreadable, type BodyReading } from './reading.js';
import { decodeText } from './text.js';

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';
/**
 * Stands before the name of each element while it is parsed, since the parser refuses or renames `constructor` and the
 * like. No name in XML begins with it.
 */
const ELEMENT = '-';

/** Keeps order and raw text: values, entities and nesting are ours to decide. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  transformTagName: (name) => (name.startsWith(ELEMENT) ? name : ELEMENT + name),
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: LIMITS.xmlDepth,
});

/**
 * Reads XML under its root's name: values as strings, repeated elements as lists, attributes as `@name`, text
 * beside them as `#text`. A DOCTYPE is refused (it can define entities and name files), as are documents over
 * LIMITS.xmlBytes or LIMITS.xmlDepth.
 */
export function readXml(bytes: Uint8Array, charset?: string): BodyReading {
  if (bytes.length === 0) return readable(null);
  if (bytes.length > LIMITS.xmlBytes) {
    return refused(`is larger than ${LIMITS.xmlBytes / 1024} KiB`, 'Send a smaller document, or JSON.');
  }
  const text = decodeText(bytes, charset ?? declaredEncoding(bytes));
  if (/<!DOCTYPE/i.test(text)) {
    return refused('has a DOCTYPE, which could define entities or name files', 'Leave the DOCTYPE out.');
  }
  try {
    return readDocument(parser.parse(text, true));
  } catch (error) {
    return refused(`is not well formed${whereOf(error)}`, 'Send well-formed XML, or the right Content-Type.');
  }
}

function readDocument(tree: unknown): BodyReading {
  const roots = childrenOf(tree).filter((node) => keyOf(node) !== TEXT);
  const [root, second] = roots;
  const key = root && keyOf(root);
  if (!root || key === undefined || second)
    return refused('has no single root element', 'Send well-formed XML.');
  const value = {};
  setOwn(value, nameOf(key), elementValue(root[key], root[ATTRIBUTES], 1));
  return readable(value);
}

/** @throws RangeError if elements nest deeper than LIMITS.xmlDepth */
function elementValue(content: unknown, attributes: unknown, depth: number): unknown {
  if (depth > LIMITS.xmlDepth) throw new RangeError('nested too deep');
  const value: Record<string, unknown> = {};
  if (isRecord(attributes)) {
    for (const [name, text] of Object.entries(attributes)) setOwn(value, name, decodeEntities(String(text)));
  }
  let text = '';
  for (const node of childrenOf(content)) {
    const key = keyOf(node);
    if (key === TEXT) text += decodeEntities(String(node[TEXT]).trim());
    else if (key === CDATA) text += cdataText(node[CDATA]);
    else if (key !== undefined)
      addOwn(value, nameOf(key), elementValue(node[key], node[ATTRIBUTES], depth + 1));
  }
  if (Object.keys(value).length === 0) return text;
  if (text !== '') setOwn(value, TEXT, text);
  return value;
}

function cdataText(content: unknown): string {
  return childrenOf(content)
    .map((node) => String(node[TEXT] ?? ''))
    .join('');
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five predefined entities and numeric ones, once; anything else stays as written. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g,
    (whole, ...groups) => {
      const [decimal, hex, name] = groups;
      if (typeof name === 'string') return PREDEFINED[name] ?? whole;
      return (
        characterOf(typeof decimal === 'string' ? parseInt(decimal, 10) : parseInt(String(hex), 16)) ?? whole
      );
    },
  );
}

/** A character that XML allows (XML 1.0, 2.2), else nothing. */
function characterOf(code: number): string | undefined {
  const allowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff));
  return allowed ? String.fromCodePoint(code) : undefined;
}

/** The prolog's `encoding`; its letters are ASCII in every charset that a text decoder here could need. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 128));
  return /^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1];
}

function whereOf(error: unknown): string {
  const line = error instanceof Error ? /:(\d+):(\d+)$/.exec(error.message) : null;
  return line ? ` (line ${line[1]}, column ${line[2]})` : '';
}

function refused(why: string, advice: string): BodyReading {
  return unreadable('xml', `The body is XML that ${why}. ${advice}`);
}

function childrenOf(content: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(content) ? content.filter(isRecord) : [];
}

function keyOf(node: Record<string, unknown>): string | undefined {
  return Object.keys(node).find((key) => key !== ATTRIBUTES);
}

function nameOf(key: string): string {
  return key.slice(ELEMENT.length);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

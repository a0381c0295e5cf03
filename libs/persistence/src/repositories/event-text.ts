import { SECRET_HEADERS, SECRET_NAME } from '@hookloom/contracts';
import type { Conditions } from './conditions.js';

/**
 * A text in what an event carries, as it is written there: comparing without case would take many times as long.
 * The cheapest look at the longest part comes first. There is no sub-select in it: with one, PostgreSQL reads with one
 * core only.
 */
export function addText(where: Conditions, text: string): Conditions {
  const looked = where.parameter(text);
  const bytes = Buffer.from(text);
  // Ids are written out only for what could be a part of one.
  const inId = PART_OF_ID.test(text) ? `or strpos(id::text, ${looked}) > 0` : '';
  return where.addSql(
    `(position(${where.parameter(bytes)}::bytea in body) > 0 or strpos(type, ${looked}) > 0
      or strpos(dedupe_key, ${looked}) > 0 or strpos(reason, ${looked}) > 0 ${inId}
      or ${inShownHeaders(where, JSON.stringify(bytes.toString()))})`,
  );
}

const PART_OF_ID = /^[0-9a-f-]{4,36}$/;
/** The name of a header whose value is masked. */
const MASKED = JSON.stringify(`${SECRET_NAME.source}|^(${SECRET_HEADERS.join('|')})$`);

/**
 * In the headers' names, and in the values of those that are shown in clear: in a masked one whoever may search could
 * guess a secret letter by letter. One statement looks, so that neither the rows nor the end of a page tell of the rest.
 * Headers are JSON text: only where the text stands anywhere in it, they are taken apart (U+0000 cannot be).
 *
 * @param written the text as a JSON string
 */
function inShownHeaders(where: Conditions, written: string): string {
  const escaped = where.parameter(written.slice(1, -1));
  const path = where.parameter(
    `$.keyvalue() ? (@.key like_regex ${written} flag "q"
      || (@.value like_regex ${written} flag "q" && !(@.key like_regex ${MASKED} flag "i")))`,
  );
  return `case when strpos(headers, ${escaped}) > 0 and strpos(headers, '\\u0000') = 0
      then jsonb_path_exists(headers::jsonb, ${path}::jsonpath) else false end`;
}

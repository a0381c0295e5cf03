import { SECRET_HEADERS, SECRET_NAME } from '@hookloom/contracts';
import type { Conditions } from './conditions.js';

/**
 * A text in what an event carries, as it is written there: comparing without case would take many times as long.
 * The cheapest look at the longest part comes first.
 */
export function addText(where: Conditions, text: string): Conditions {
  const looked = where.parameter(text);
  // Ids are written out only for what could be a part of one.
  const inId = PART_OF_ID.test(text) ? `or strpos(id::text, ${looked}) > 0` : '';
  return where.addSql(
    `(position(convert_to(${looked}, 'UTF8') in body) > 0 or strpos(type, ${looked}) > 0
      or strpos(dedupe_key, ${looked}) > 0 or strpos(reason, ${looked}) > 0 ${inId}
      or ${inShownHeaders(where, text, looked)})`,
  );
}

const PART_OF_ID = /^[0-9a-f-]{4,36}$/;

/**
 * In the headers' names, and in the values of those that are shown in clear: in a masked one whoever may search could
 * guess a secret letter by letter. One statement looks, so that neither the rows nor the end of a page tell of the rest.
 * Headers are JSON text: only where the text stands anywhere in it, they are taken apart (U+0000 cannot be).
 */
function inShownHeaders(where: Conditions, text: string, looked: string): string {
  const escaped = where.parameter(JSON.stringify(text).slice(1, -1));
  const pattern = where.parameter(SECRET_NAME.source);
  const names = where.parameter([...SECRET_HEADERS]);
  return `case when strpos(headers, ${escaped}) > 0 and strpos(headers, '\\u0000') = 0 then exists (
      select from json_each_text(headers::json) as header (name, value)
       where strpos(header.name, ${looked}) > 0 or (strpos(header.value, ${looked}) > 0
         and header.name !~* ${pattern} and lower(header.name) <> all(${names}::text[]))
    ) else false end`;
}

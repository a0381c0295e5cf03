/** A built-in function of JSONata, for completion and for the note under the pointer. */
export interface JsonataFunction {
  readonly name: string;
  /** Its parameters; those in brackets may be left out. */
  readonly parameters: string;
  readonly does: string;
  readonly example: string;
  readonly gives: string;
}

type Row = readonly [name: string, parameters: string, does: string, example: string, gives: string];

const ROWS: readonly Row[] = [
  // texts
  [
    'string',
    'value, [prettify]',
    'Writes any value as text; objects and lists become JSON.',
    '$string(5)',
    '"5"',
  ],
  ['length', 'text', 'Counts the characters of a text.', '$length("Ana")', '3'],
  [
    'substring',
    'text, start, [length]',
    'Takes a part of a text; the first character is 0, a negative start counts from the end.',
    '$substring("invoice-42", 0, 7)',
    '"invoice"',
  ],
  [
    'substringBefore',
    'text, marker',
    'Takes what stands before the first marker.',
    '$substringBefore("ana@x.io", "@")',
    '"ana"',
  ],
  [
    'substringAfter',
    'text, marker',
    'Takes what stands after the first marker.',
    '$substringAfter("ana@x.io", "@")',
    '"x.io"',
  ],
  ['uppercase', 'text', 'Writes a text in capitals.', '$uppercase("eur")', '"EUR"'],
  ['lowercase', 'text', 'Writes a text in small letters.', '$lowercase("Ana@X.io")', '"ana@x.io"'],
  ['trim', 'text', 'Removes blanks at both ends and makes several within one.', '$trim("  a   b ")', '"a b"'],
  [
    'pad',
    'text, width, [fill]',
    'Fills a text up to a width: on the right, or on the left with a negative width.',
    '$pad("7", -3, "0")',
    '"007"',
  ],
  [
    'contains',
    'text, pattern',
    'Says whether a text holds another one or fits a regular expression.',
    '$contains("order paid", "paid")',
    'true',
  ],
  ['split', 'text, separator, [limit]', 'Cuts a text into a list.', '$split("a,b", ",")', '["a", "b"]'],
  [
    'join',
    'list, [separator]',
    'Writes the texts of a list one after the other.',
    '$join(["a", "b"], ", ")',
    '"a, b"',
  ],
  [
    'match',
    'text, regex, [limit]',
    'Finds the places that fit a regular expression, with their groups.',
    '$match("A7 B2", /[A-Z]\\d/).match',
    '["A7", "B2"]',
  ],
  [
    'replace',
    'text, pattern, replacement, [limit]',
    'Puts another text wherever the pattern is found; $1 stands for a group.',
    '$replace("1.50", ".", ",")',
    '"1,50"',
  ],
  ['eval', 'text, [context]', 'Reads a text as an expression and evaluates it.', '$eval("[1, 2]")', '[1, 2]'],
  ['base64encode', 'text', 'Writes a text in Base64.', '$base64encode("a:b")', '"YTpi"'],
  ['base64decode', 'text', 'Reads a text that is written in Base64.', '$base64decode("YTpi")', '"a:b"'],
  [
    'encodeUrlComponent',
    'text',
    'Makes a text safe as one part of a URL.',
    '$encodeUrlComponent("a b&c")',
    '"a%20b%26c"',
  ],
  [
    'encodeUrl',
    'text',
    'Makes a whole URL safe and keeps its separators.',
    '$encodeUrl("https://x.io/a b")',
    '"https://x.io/a%20b"',
  ],
  ['decodeUrlComponent', 'text', 'Reads one part of a URL.', '$decodeUrlComponent("a%20b")', '"a b"'],
  ['decodeUrl', 'text', 'Reads a whole URL.', '$decodeUrl("https://x.io/a%20b")', '"https://x.io/a b"'],
  // numbers
  ['number', 'value', 'Reads a number from a text; true is 1.', '$number("19.90")', '19.9'],
  ['abs', 'number', 'Drops the sign.', '$abs(-5)', '5'],
  ['floor', 'number', 'Rounds down.', '$floor(2.9)', '2'],
  ['ceil', 'number', 'Rounds up.', '$ceil(2.1)', '3'],
  [
    'round',
    'number, [digits]',
    'Rounds to so many digits; halves go to the even neighbour.',
    '$round(4.567, 2)',
    '4.57',
  ],
  ['power', 'base, exponent', 'Raises a number to a power.', '$power(2, 10)', '1024'],
  ['sqrt', 'number', 'Takes the square root.', '$sqrt(9)', '3'],
  ['random', '', 'Gives a number from 0 up to, not including, 1.', '$random() < 1', 'true'],
  [
    'formatNumber',
    'number, picture, [options]',
    'Writes a number by a picture such as #,##0.00.',
    '$formatNumber(1234.5, "#,##0.00")',
    '"1,234.50"',
  ],
  ['formatBase', 'number, [base]', 'Writes a whole number to another base.', '$formatBase(255, 16)', '"ff"'],
  [
    'formatInteger',
    'number, picture',
    'Writes a whole number by a picture: w in words, I in Roman numerals.',
    '$formatInteger(12, "w")',
    '"twelve"',
  ],
  [
    'parseInteger',
    'text, picture',
    'Reads a whole number by a picture.',
    '$parseInteger("1,200", "#,##0")',
    '1200',
  ],
  // lists
  ['sum', 'numbers', 'Adds up a list of numbers.', '$sum([2, 3])', '5'],
  ['max', 'numbers', 'Takes the largest number of a list.', '$max([2, 3])', '3'],
  ['min', 'numbers', 'Takes the smallest number of a list.', '$min([2, 3])', '2'],
  ['average', 'numbers', 'Takes the mean of a list of numbers.', '$average([2, 4])', '3'],
  ['count', 'list', 'Counts the items of a list; nothing counts 0.', '$count(["a", "b"])', '2'],
  ['append', 'list, list', 'Puts one list behind another.', '$append([1], [2, 3])', '[1, 2, 3]'],
  [
    'sort',
    'list, [function]',
    'Sorts a list; the function says whether two items must change places.',
    '$sort([3, 1, 2])',
    '[1, 2, 3]',
  ],
  ['reverse', 'list', 'Turns a list round.', '$reverse([1, 2])', '[2, 1]'],
  ['shuffle', 'list', 'Puts a list into a random order.', '$count($shuffle([1, 2]))', '2'],
  ['distinct', 'list', 'Keeps each value once.', '$distinct([1, 1, 2])', '[1, 2]'],
  [
    'zip',
    'list, list, …',
    'Pairs the items of several lists by their place.',
    '$zip([1, 2], ["a", "b"])',
    '[[1, "a"], [2, "b"]]',
  ],
  [
    'map',
    'list, function',
    'Makes a new list by a function of each item.',
    '$map([1, 2], function($n) { $n * 2 })',
    '[2, 4]',
  ],
  [
    'filter',
    'list, function',
    'Keeps the items for which a function gives true.',
    '$filter([1, 2, 3], function($n) { $n > 1 })',
    '[2, 3]',
  ],
  [
    'single',
    'list, [function]',
    'Takes the one item for which a function gives true; fails unless there is exactly one.',
    '$single([1, 2], function($n) { $n = 2 })',
    '2',
  ],
  [
    'reduce',
    'list, function, [start]',
    'Folds a list into one value, item by item.',
    '$reduce([1, 2, 3], function($a, $b) { $a + $b })',
    '6',
  ],
  // objects
  ['keys', 'object', 'Lists the names of the fields.', '$keys({"a": 1, "b": 2})', '["a", "b"]'],
  ['lookup', 'object, name', 'Takes the field of that name.', '$lookup({"a": 1}, "a")', '1'],
  [
    'spread',
    'object',
    'Cuts an object into one object a field.',
    '$spread({"a": 1, "b": 2})',
    '[{"a": 1}, {"b": 2}]',
  ],
  [
    'merge',
    'objects',
    'Makes one object of several; later fields win.',
    '$merge([{"a": 1}, {"b": 2}])',
    '{"a": 1, "b": 2}',
  ],
  [
    'sift',
    'object, function',
    'Keeps the fields for which a function gives true.',
    '$sift({"a": 1, "b": 2}, function($v) { $v > 1 })',
    '{"b": 2}',
  ],
  [
    'each',
    'object, function',
    'Makes a list by a function of each field: its value, then its name.',
    '$each({"a": 1, "b": 2}, function($v, $k) { $k })',
    '["a", "b"]',
  ],
  ['clone', 'value', 'Copies a value.', '$clone({"a": 1})', '{"a": 1}'],
  // truth
  [
    'boolean',
    'value',
    'Says whether a value counts as true: not empty, not 0, not null.',
    '$boolean("x")',
    'true',
  ],
  ['not', 'value', 'Turns true into false and false into true.', '$not(false)', 'true'],
  [
    'exists',
    'value',
    'Says whether there is anything at a path; null counts as something.',
    '$exists(trigger)',
    'true',
  ],
  ['type', 'value', 'Names the type: string, number, boolean, array, object, null.', '$type([1])', '"array"'],
  [
    'assert',
    'condition, [message]',
    'Fails with a message unless the condition holds.',
    '$assert(1 = 1, "No.")',
    'nothing',
  ],
  [
    'error',
    '[message]',
    'Stops the expression with a message.',
    '$type("x") = "string" ? "fine" : $error("No text")',
    '"fine"',
  ],
  // times
  ['now', '[picture], [timezone]', 'Gives the time of the run as text in ISO 8601.', '$length($now())', '24'],
  ['millis', '', 'Gives the time of the run in milliseconds since 1970.', '$millis() > 0', 'true'],
  [
    'fromMillis',
    'number, [picture], [timezone]',
    'Writes milliseconds since 1970 as a time.',
    '$fromMillis(0)',
    '"1970-01-01T00:00:00.000Z"',
  ],
  [
    'toMillis',
    'text, [picture]',
    'Reads a time as milliseconds since 1970.',
    '$toMillis("1970-01-01T00:00:01Z")',
    '1000',
  ],
];

export const JSONATA_FUNCTIONS: readonly JsonataFunction[] = ROWS.map(
  ([name, parameters, does, example, gives]) => ({ name, parameters, does, example, gives }),
);

const BY_NAME = new Map(JSONATA_FUNCTIONS.map((one) => [one.name, one]));

/** @param name without its `$` */
export function findJsonataFunction(name: string): JsonataFunction | undefined {
  return BY_NAME.get(name);
}

export function signatureOf({ name, parameters }: JsonataFunction): string {
  return `$${name}(${parameters})`;
}

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** A field's name as it is written behind a value: `.total`, or `["x-a"]` where it is no name of the language. */
export function toJavaScriptName(name: string): string {
  return NAME.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** A path as the data trees write it, in JavaScript: `` trigger.headers.`x-a` `` is `trigger.headers["x-a"]` there. */
export function toJavaScriptPath(path: string): string {
  return path.replace(/\.`([^`]*)`/g, (_, name: string) => `[${JSON.stringify(name)}]`);
}

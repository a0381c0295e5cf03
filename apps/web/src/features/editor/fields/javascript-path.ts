/** A path as the data trees write it, in JavaScript: `` trigger.headers.`x-a` `` is `trigger.headers["x-a"]` there. */
export function toJavaScriptPath(path: string): string {
  return path.replace(/\.`([^`]*)`/g, (_, name: string) => `[${JSON.stringify(name)}]`);
}

/**
 * Sets a key that a sender chose. Plain assignment of `__proto__` would replace the object's prototype;
 * this makes an ordinary property of it, as `JSON.parse` does.
 */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') {
    target[key] = value;
    return;
  }
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Sets a key that may come more than once: a second value makes it a list. Lists are never sent as values. */
export function addOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (!Object.hasOwn(target, key)) {
    setOwn(target, key, value);
    return;
  }
  const known = target[key];
  if (Array.isArray(known)) known.push(value);
  else setOwn(target, key, [known, value]);
}

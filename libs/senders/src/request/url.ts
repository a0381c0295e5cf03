/** A URL cut up without normalising it: what was signed are the characters as registered and sent. */
export interface UrlParts {
  /** `https://` */
  readonly scheme: string;
  /** Host, without user info and port. */
  readonly host: string;
  /** Digits, or empty. */
  readonly port: string;
  /** Path, query and fragment. */
  readonly rest: string;
}

/** `undefined` for anything that does not begin like `https://host`. */
export function splitUrl(url: string): UrlParts | undefined {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?(.*)$/is.exec(url);
  if (!match) return undefined;
  return { scheme: match[1] ?? '', host: match[2] ?? '', port: match[3] ?? '', rest: match[4] ?? '' };
}

/** Path and query, as sent. */
export function pathOf(url: string): string {
  const rest = (splitUrl(url)?.rest ?? url).replace(/#.*$/s, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The URL as it is, with its default port, and without a port: senders differ in what they sign. */
export function portVariants(url: string): string[] {
  const parts = splitUrl(url);
  if (!parts) return [url];
  const defaultPort = parts.scheme.toLowerCase() === 'https://' ? '443' : '80';
  const withPort = `${parts.scheme}${parts.host}:${parts.port || defaultPort}${parts.rest}`;
  return [...new Set([url, withPort, `${parts.scheme}${parts.host}${parts.rest}`])];
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request comes from a page of another site. Browsers send `Origin` with every unsafe request; scripts
 * send none. It must match the host that was asked, or the public URL.
 */
export function isForeignOrigin(request: {
  readonly method: string;
  readonly origin: string | undefined;
  readonly host: string | undefined;
  readonly publicUrl: string;
}): boolean {
  if (SAFE_METHODS.has(request.method) || request.origin === undefined) return false;
  if (!URL.canParse(request.origin)) return true;
  const origin = new URL(request.origin);
  return origin.host !== request.host?.toLowerCase() && origin.origin !== new URL(request.publicUrl).origin;
}

/** What a status code says of the token. `retry`: nothing, ask later. `foreign`: not in the contract. */
export type Verdict = 'ok' | 'dead' | 'unsupported' | 'retry' | 'foreign';

/** The one table of status codes (contract.md's in README.md, "For the server"). */
export function verdictOf(status: number): Verdict {
  if (status === 200) return 'ok';
  if (status === 405 || status === 501) return 'unsupported';
  if ([407, 408, 421, 425, 429].includes(status) || status >= 500) return 'retry';
  return status >= 400 ? 'dead' : 'foreign';
}

/**
 * Whether a 200 is something else than the artifact: a single-page app's fallback, a login form, an
 * error told in JSON. A disposition settles it. Without one a page is suspicious, but across origins
 * CORS hides the header unless it is exposed: there it takes a redirect, or a type that HEAD has
 * contradicted, to tell. (`application/octet-stream` contradicts nothing: GET may say so of anything.)
 * @param inspectedType the type that HEAD gave, for the answer to a GET.
 */
export function isForeign(response: Response, inspectedType: string | null = null): boolean {
  const { headers, redirected, type } = response;
  if (headers.has('Content-Disposition')) return false;
  const contentType = contentTypeOf(headers);
  const isPage = contentType === 'text/html' || contentType === 'application/xhtml+xml';
  if (isPage && (type !== 'cors' || redirected)) return true;
  return (
    contentType !== null &&
    inspectedType !== null &&
    contentType !== inspectedType &&
    ![contentType, inspectedType].includes('application/octet-stream')
  );
}

/** The media type without parameters, in lower case; `null` when there is none. */
export function contentTypeOf(headers: Headers): string | null {
  return headers.get('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase() || null;
}

/** The browser's own word that no network is there; everything else is only known by trying. */
export function isOffline(): boolean {
  return typeof navigator !== 'undefined' && 'onLine' in navigator && !navigator.onLine;
}

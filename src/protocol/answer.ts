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
 * A page where a file should be: a single-page app's fallback or a login form, answered with 200.
 * Across origins a missing disposition proves nothing, as CORS hides it unless it is exposed.
 */
export function isWebPage({ headers, type }: Response): boolean {
  return (
    type !== 'cors' &&
    !headers.has('Content-Disposition') &&
    /^(text\/html|application\/xhtml\+xml)\b/i.test(headers.get('Content-Type') ?? '')
  );
}

/** The browser's own word that no network is there; everything else is only known by trying. */
export function isOffline(): boolean {
  return typeof navigator !== 'undefined' && 'onLine' in navigator && !navigator.onLine;
}

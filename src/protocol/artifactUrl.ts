/**
 * Where downloads are served: a URL below which `/{token}` hangs, or a function that gives the
 * whole URL of one token (it has to encode the token itself).
 */
export type Endpoint = string | ((token: string) => string | URL);

/** The endpoint used when the app names none, on the page's own origin. */
export const DEFAULT_ENDPOINT = '/api/open/v1/artifact-downloads';

/**
 * Whether a token can stand in a URL as one path segment. `''`, `.` and `..` would name another
 * resource after URL normalisation, and a lone surrogate has no UTF-8 form.
 */
export function isWellFormedToken(token: unknown): token is string {
  if (typeof token !== 'string' || /^\.{0,2}$/.test(token)) return false;
  try {
    // The result is used: minifiers take the call for pure and drop it, and its throw, otherwise.
    return encodeURIComponent(token) !== '';
  } catch {
    return false;
  }
}

/**
 * The URL of one token's download.
 * @throws whatever makes it impossible: not an http(s) URL, or an endpoint function that threw.
 * @example artifactUrl('https://plangrep.com/api/open/v1/artifact-downloads', 'a/b')
 */
export function artifactUrl(endpoint: Endpoint, token: string): string {
  const isString = typeof endpoint === 'string';
  const url = new URL(isString ? endpoint || 'about:invalid' : endpoint(token), pageUrl());
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new TypeError(`A URL of ${url.protocol} can't be fetched, nor one with a user name.`);
  }
  if (isString) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${encodeURIComponent(token)}`;
  url.hash = '';
  return url.href;
}

/** What `fetch` itself resolves relative URLs against. */
function pageUrl(): string | undefined {
  return typeof document === 'undefined' ? globalThis.location?.href : document.baseURI;
}

export { DEFAULT_ENDPOINT } from '../protocol/artifactUrl.ts';

/**
 * Reads the token out of a request's path. Both transports use it, so both agree on what is a token.
 *
 * @param endpointPath - the path the tokens hang under, without an origin.
 * @param path - the request's path as sent, still percent-encoded, without query or fragment.
 * @returns `null` when the path is not one segment under the endpoint; `''`, which no token equals,
 * when the segment is not valid percent-encoding; else the token, decoded exactly once.
 */
export function readToken(endpointPath: string, path: string): string | null {
  const prefix = `${endpointPath.replace(/\/+$/, '')}/`;
  if (!path.startsWith(prefix)) return null;
  const segment = path.slice(prefix.length);
  if (segment === '' || segment.includes('/')) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

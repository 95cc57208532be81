/** A random token: 128 bits in hexadecimal. */
export function randomToken(): string {
  // Not `randomUUID`, which a page on plain http does not have.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws RangeError for a token that no URL can carry as one path segment. */
export function assertPathSegment(token: string): void {
  if (token !== '' && token !== '.' && token !== '..' && !/\p{Surrogate}/u.test(token)) return;
  throw new RangeError(
    'The artifact was not issued: no URL can carry its token as one path segment. ' +
      'An empty token, "." and ".." vanish from a URL, and a lone surrogate has no encoding. ' +
      'Pass another `token`.',
  );
}

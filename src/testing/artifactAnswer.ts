/** What to answer a request with; independent of what carries it. */
export interface ArtifactAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** `null` for HEAD. Cancel it when nobody reads it: that is how the service learns of an abort. */
  readonly body: ReadableStream<Uint8Array> | null;
}

/** Where a token is in its life; `unknown` to a service that did not issue it. */
export type TokenStatus = 'fresh' | 'consumed' | 'expired' | 'unknown';

/** The HTTP status that a method gets for a token: 200, 404, 405 or 410. */
export function answerStatus(method: string, tokenStatus: TokenStatus): number {
  if (method !== 'GET' && method !== 'HEAD') return 405;
  if (tokenStatus === 'fresh') return 200;
  return tokenStatus === 'unknown' ? 404 : 410;
}

/**
 * The answer to a request that gets no artifact. Says nothing of the token: neither itself, nor
 * whether it was ever valid, which the contract does not tell apart.
 */
export function problemAnswer(method: string, status: number): ArtifactAnswer {
  const title =
    status === 405
      ? 'Only HEAD and GET are allowed.'
      : 'This download token is invalid, expired or already consumed.';
  const bytes = new TextEncoder().encode(JSON.stringify({ title, status }));
  const headers = new Headers({
    'Content-Type': 'application/problem+json',
    'Content-Length': String(bytes.length),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  if (status === 405) headers.set('Allow', 'GET, HEAD');
  return { status, headers, body: method === 'HEAD' ? null : new Response(bytes).body };
}

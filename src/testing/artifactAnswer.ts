import { BODILESS } from './assertFaults.ts';
import type { StatusFault } from './faults.ts';

/** What to answer a request with; independent of what carries it. */
export interface ArtifactAnswer {
  /** 0, as in `Response.error()`: no answer comes, the connection ends. */
  readonly status: number;
  readonly headers: Headers;
  /** `null` for HEAD. Cancel it when nobody reads it: that is how the service learns of an abort. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** Milliseconds until the client hears of it; `Infinity`: never. */
  readonly latency: number;
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
export function problemAnswer(
  method: string,
  status: number,
  latency: number,
  title = status === 405
    ? 'Only HEAD and GET are allowed.'
    : 'This download token is invalid, expired or already consumed.',
): ArtifactAnswer {
  const text = JSON.stringify({ title, status });
  const answer = textAnswer(method, status, latency, text, 'application/problem+json');
  if (status === 405) answer.headers.set('Allow', 'GET, HEAD');
  return answer;
}

/** The answer that a fault asks for. */
export function faultAnswer(method: string, fault: StatusFault, latency: number): ArtifactAnswer {
  const { status, retryAfter, body, contentType = 'text/plain; charset=utf-8' } = fault;
  const answer =
    body === undefined && status >= 400
      ? problemAnswer(method, status, latency, 'This answer was asked for by a fault.')
      : textAnswer(method, status, latency, body, contentType);
  if (status === 405) answer.headers.set('Allow', method === 'HEAD' ? 'GET' : 'HEAD');
  if (retryAfter !== undefined) answer.headers.set('Retry-After', String(retryAfter));
  return answer;
}

function textAnswer(
  method: string,
  status: number,
  latency: number,
  text: string | undefined,
  contentType: string,
): ArtifactAnswer {
  const headers = new Headers({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  if (BODILESS.includes(status)) {
    // Without a length MSW 3 on Node keeps a 205 open, and undici then trips over its end.
    if (status === 205) headers.set('Content-Length', '0');
    return { status, headers, body: null, latency };
  }
  const bytes = new TextEncoder().encode(text);
  headers.set('Content-Length', String(bytes.length));
  if (text !== undefined) headers.set('Content-Type', contentType);
  return { status, headers, body: method === 'HEAD' ? null : new Response(bytes).body, latency };
}

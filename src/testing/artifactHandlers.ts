import { http, HttpResponse, type HttpHandler } from 'msw';
import { answerOverLine } from './answerOverLine.ts';
import { DEFAULT_ENDPOINT, readToken } from './artifactRoute.ts';
import type { ArtifactService } from './ArtifactService.ts';
import { createLine, type LineOptions } from './line.ts';

/** Where the mocked endpoint is, and the line to it. */
export interface ArtifactHandlersOptions extends LineOptions {
  /**
   * Where `/{token}` hangs. A path belongs to the page's origin; on Node, where no page is, to any.
   * Default: `/api/open/v1/artifact-downloads`.
   */
  endpoint?: string;
}

/**
 * MSW request handlers that answer for the service's tokens: HEAD inspects, GET consumes, anything
 * else is a 405. Requests outside the endpoint pass by. For MSW 2.15 and 3, in Node and browsers.
 *
 * - MSW keeps a copy of each body for its events. In a browser, and everywhere in MSW 2, a client that
 *   cancels is noticed only when that copy is cancelled too, and in MSW 2 its `cancel()` hangs until
 *   then: `server.events.on('response:mocked', ({ response }) => void response.body?.cancel())`.
 *   Without it a `huge` body piles up in that copy.
 * - In a browser a request that is aborted is not noticed before its answer is due.
 * - In MSW 3 on Node an answer's headers arrive with the first byte of its body, not before.
 * - jsdom has no object URLs: stub `URL.createObjectURL` there, or pass a `sink`.
 * - On Node without a page, `fetch` takes absolute URLs only.
 *
 * @throws RangeError and TypeError for options that can't be.
 *
 * @example
 * const service = createArtifactService();
 * const server = setupServer(...artifactHandlers(service, { bytesPerSecond: 1_000_000 }));
 */
export function artifactHandlers(
  service: ArtifactService,
  options: ArtifactHandlersOptions = {},
): HttpHandler[] {
  const { endpoint = DEFAULT_ENDPOINT } = options;
  const line = createLine(options);

  // MSW's own patterns decode differently from version to version; a predicate is exact in both.
  const tokenOf = (request: Request): string | null => {
    const url = new URL(request.url);
    const base = new URL(endpoint, globalThis.location?.href ?? url.origin);
    return url.origin === base.origin ? readToken(base.pathname, url.pathname) : null;
  };

  return [
    http.all(
      ({ request }) => tokenOf(request) !== null,
      async ({ request }) => {
        const { method, signal } = request;
        const token = tokenOf(request) ?? '';
        const { status, headers, body } = await answerOverLine(
          service,
          { method, token, signal },
          line,
        );
        if (status === 0) return HttpResponse.error();
        return new HttpResponse(body, { status, headers });
      },
    ),
  ];
}

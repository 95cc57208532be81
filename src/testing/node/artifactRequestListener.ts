import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { answerOverLine } from '../answerOverLine.ts';
import { DEFAULT_ENDPOINT, readToken } from '../artifactRoute.ts';
import type { ArtifactService } from '../ArtifactService.ts';
import { createLine, type LineOptions } from '../line.ts';

/** What another origin may read, unless told otherwise: all that a download can make use of. */
const EXPOSED_HEADERS = [
  'Content-Disposition',
  'Content-Length',
  'Content-Encoding',
  'Retry-After',
];

/** Lets a page of another origin read the answers. */
export interface CorsOptions {
  /** `Access-Control-Allow-Origin`: one origin, or `*`. */
  origin: string;
  /**
   * `Access-Control-Expose-Headers`. Default: `Content-Disposition`, `Content-Length`,
   * `Content-Encoding`, `Retry-After`. With `[]` a page sees no suggested file name.
   */
  expose?: string[];
}

/** Which service to answer for, where, and over what line. */
export interface ArtifactListenerOptions extends LineOptions {
  service: ArtifactService;
  /** The path `/{token}` hangs under. Default: `/api/open/v1/artifact-downloads`. */
  endpoint?: string;
  /** Default: `false`, for pages of the same origin only. */
  cors?: false | CorsOptions;
}

/**
 * Answers for the service's tokens inside any `node:http` server.
 *
 * @returns a listener that returns `true` when the request is for the endpoint, and then answers it;
 * `false` when it left the request alone, for whoever comes next.
 *
 * @example
 * const artifacts = artifactRequestListener({ service });
 * createServer((req, res) => void (artifacts(req, res) || vite.middlewares(req, res)));
 */
export function artifactRequestListener(
  options: ArtifactListenerOptions,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const { service, endpoint = DEFAULT_ENDPOINT, cors = false } = options;
  const line = createLine(options);

  const answer = async (
    req: IncomingMessage,
    res: ServerResponse,
    method: string,
    token: string,
  ): Promise<void> => {
    const clientLeft = new AbortController();
    res.once('close', () => clientLeft.abort());
    const { signal } = clientLeft;
    const { status, headers, body } = await answerOverLine(
      service,
      { method, token, signal },
      line,
    );
    // A request's body is nobody's business here, but unread it would block the connection.
    req.resume();
    if (status === 0) return void req.socket.destroy();
    res.statusCode = status;
    res.setHeaders(headers);
    if (body === null) return void res.end();
    // A body may stall, or break off, before its first byte: its headers are out by then.
    res.flushHeaders();
    await pipeline(flushedOnFailure(body, res), res);
  };

  return (req, res) => {
    const { method = '', url = '' } = req;
    const token = readToken(endpoint, url.replace(/[?#].*$/s, ''));
    if (token === null) return false;

    if (cors !== false) {
      allowOrigin(res, cors);
      if (method === 'OPTIONS') {
        // Our own requests are simple and never ask; a page that adds a header is refused by this.
        res.writeHead(204, { 'Access-Control-Allow-Methods': 'GET, HEAD' }).end();
        return true;
      }
    }
    answer(req, res, method, token).catch((error: unknown) => {
      // Too late to say anything: `pipeline` has cut the connection, or the client did.
      if (res.headersSent || res.destroyed) return;
      res.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end(String(error));
    });
    return true;
  };
}

/** What was sent before a failure arrives: destroying a socket drops what it has not yet written. */
async function* flushedOnFailure(
  body: ReadableStream<Uint8Array>,
  res: ServerResponse,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    await new Promise((resolve) => res.socket?.write('', resolve) ?? resolve(null));
    throw error;
  }
}

function allowOrigin(res: ServerResponse, { origin, expose = EXPOSED_HEADERS }: CorsOptions): void {
  res.setHeader('Access-Control-Allow-Origin', origin);
  if (origin !== '*') res.setHeader('Vary', 'Origin');
  if (expose.length > 0) res.setHeader('Access-Control-Expose-Headers', expose.join(', '));
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createArtifactService, type ArtifactService } from '../../src/testing/index.ts';
import {
  artifactRequestListener,
  type CorsOptions,
} from '../../src/testing/node/artifactRequestListener.ts';
import { createPageServer } from './testPage.ts';

/** A token's line to the server. Both may be changed between its HEAD and its GET. */
export interface Line {
  /** Milliseconds before any answer. */
  latency?: number;
  bytesPerSecond?: number;
}

/** A web server with the test page, and the artifacts on the same origin. */
export interface ArtifactSite {
  readonly origin: string;
  readonly service: ArtifactService;
  /** Methods and statuses of a token's requests, such as `['HEAD 200', 'GET 200']`. */
  log(token: string): string[];
  /** The headers of all requests as they came over the wire, artifacts' and others'. */
  readonly received: { readonly url: string; readonly method: string; readonly headers: Headers }[];
  setLine(token: string, line: Line): void;
  close(): Promise<void>;
}

/** @param options - `service`: to share one with another site; `cors`: for a site of its own origin. */
export async function startArtifactSite({
  service = createArtifactService(),
  cors = false,
}: { service?: ArtifactService; cors?: false | CorsOptions } = {}): Promise<ArtifactSite> {
  const lines = new Map<string, Line>();
  const received: ArtifactSite['received'] = [];
  const page = createPageServer();
  const artifacts = artifactRequestListener({
    service,
    cors,
    latency: (token) => lines.get(token)?.latency ?? 0,
    bytesPerSecond: (token) => lines.get(token)?.bytesPerSecond ?? Infinity,
  });
  const server = createServer({ highWaterMark: 2 ** 20 }, (req, res) => {
    received.push(readRequest(req));
    if (!artifacts(req, res)) sendPage(req, res);
  });
  // A connection closed between two requests makes Chromium send the second one again.
  server.keepAliveTimeout = 0;

  function sendPage(req: IncomingMessage, res: ServerResponse): void {
    const { status, headers, body } = page(req.url ?? '/');
    res.writeHead(status, headers).end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    service,
    log: (token) => service.requests(token).map(({ method, status }) => `${method} ${status}`),
    received,
    setLine: (token, line) => void lines.set(token, line),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readRequest({ url = '', method = '', rawHeaders }: IncomingMessage) {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  return { url, method, headers };
}

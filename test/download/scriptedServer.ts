import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A real HTTP server whose answers a test writes out. */
export interface ScriptedServer {
  readonly endpoint: string;
  /** Methods in the order of their arrival. */
  readonly asked: string[];
  /** The answer to the next HEADs and GETs, until another is given. */
  head: Answer;
  get: Answer;
}

/** What the contract prescribes for an artifact of so many bytes. */
export function artifactHeaders(size?: number): Record<string, string | number> {
  return {
    'Content-Type': 'application/pdf',
    'Content-Disposition': 'attachment; filename="plan.pdf"',
    ...(size === undefined ? {} : { 'Content-Length': size }),
  };
}

/** Starts a server for a test file; each test begins with ten bytes that are there to be had. */
export function scriptServer(): ScriptedServer {
  let server: Server;
  const scripted = { endpoint: '', asked: [] as string[] } as {
    -readonly [K in keyof ScriptedServer]: ScriptedServer[K];
  };
  beforeAll(async () => {
    server = createServer((request, response) => {
      scripted.asked.push(request.method ?? '');
      (request.method === 'HEAD' ? scripted.head : scripted.get)(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    scripted.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    scripted.asked = [];
    scripted.head = (response) => response.writeHead(200, artifactHeaders(10)).end();
    scripted.get = (response) => response.writeHead(200, artifactHeaders(10)).end('0123456789');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return scripted;
}

import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { extname, join, normalize } from 'node:path';
import { BLOCK } from './content.ts';
import { ENDPOINT, FILE_NAME, type FromServer, type Order, type ToServer } from './messages.ts';
import type { Report } from './messages.ts';
import { sendFile } from './sendFile.ts';

// A process of its own, so that neither the driver nor its measuring holds the bytes up.

/** How often the driver hears how much was sent. */
const TELL_EVERY = 64 * BLOCK;
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const folder = process.argv[2] ?? '.';
const files = new Map<string, { size: number; bytesPerSecond: number | null }>();
let page: ServerResponse | null = null;
let waiting: Order[] = [];

function tell(message: FromServer): void {
  process.send?.(message);
}

async function answerToken(request: IncomingMessage, response: ServerResponse, token: string) {
  const file = files.get(token);
  if (!file) return void response.writeHead(410).end();
  const { size, bytesPerSecond } = file;
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': size,
    'Content-Disposition': `attachment; filename="${FILE_NAME}"`,
    'Cache-Control': 'no-store',
  });
  if (request.method === 'HEAD') return void response.end();
  files.delete(token);
  response.on('close', () => {
    if (!response.writableFinished) tell({ kind: 'cut', token, at: Date.now() });
  });
  await sendFile(response, {
    size,
    bytesPerSecond,
    onSent: (bytes) => {
      if (bytes % TELL_EVERY === 0) tell({ kind: 'sent', token, bytes });
    },
  });
}

function takeOrders(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  // Firefox says that it is open when something has come.
  response.write(':\n\n');
  page = response;
  response.on('close', () => {
    if (page === response) page = null;
  });
  for (const order of waiting.splice(0)) sendOrder(order);
}

function sendOrder(order: Order): void {
  if (page === null) waiting = [...waiting, order];
  else page.write(`data: ${JSON.stringify(order)}\n\n`);
}

function serveFile(path: string, response: ServerResponse): void {
  const name = normalize(path === '/' ? '/index.html' : path);
  response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/octet-stream');
  createReadStream(join(folder, name))
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
}

const server = createServer({ highWaterMark: BLOCK }, (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname.startsWith(`${ENDPOINT}/`)) {
    void answerToken(request, response, pathname.slice(ENDPOINT.length + 1));
  } else if (pathname === '/orders') {
    takeOrders(response);
  } else if (pathname === '/told') {
    void json(request).then((report) => {
      response.end();
      tell({ kind: 'told', report: report as Report });
    });
  } else {
    serveFile(pathname, response);
  }
});

process.on('message', (message: ToServer) => {
  if (message.kind === 'order') sendOrder(message.order);
  else files.set(message.token, message);
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  tell({
    kind: 'listening',
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
});

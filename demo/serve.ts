import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { createServer as createViteServer } from 'vite';
import { createArtifactService } from '../src/testing/createArtifactService.ts';
import { artifactRequestListener } from '../src/testing/node/artifactRequestListener.ts';
import { createBackend } from './backend.ts';

const DEFAULT_PORT = 5180;

const server = await createDemoServer();
const port = await listen(server, readPort(process.env['PORT']));
console.log(`\n  The demo is at http://127.0.0.1:${port}\n  Ctrl-C ends it.\n`);

// Running downloads and open pages would keep a server waiting that closes politely.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));

/** The artifacts, the app's own backend and the page itself: one server, one origin. */
async function createDemoServer(): Promise<Server> {
  const service = createArtifactService();
  const backend = createBackend(service);
  const answersArtifact = artifactRequestListener({
    service,
    bytesPerSecond: (token) => backend.bytesPerSecond(token),
  });
  // 1 MiB instead of 64 KiB buffered, for the large artifact's sake: fewer stops for the socket.
  const http = createHttpServer({ highWaterMark: 2 ** 20 });
  // A connection closed between two requests makes browsers send the second one again.
  http.keepAliveTimeout = 0;

  const root = import.meta.dirname;
  // No React plugin: its hot updates would leave old and new copies of the library's modules on one
  // page. Without it an edit reloads the page, and a reload keeps the visit's tokens.
  const { middlewares } = await createViteServer({
    configFile: false,
    root,
    appType: 'spa',
    logLevel: 'warn',
    // The compiler puts it into every .tsx file, where a search for imports does not find it.
    optimizeDeps: { include: ['react/jsx-dev-runtime'] },
    server: { middlewareMode: true, hmr: { server: http }, fs: { allow: [dirname(root)] } },
  });
  return http.on('request', (req, res) => {
    if (!answersArtifact(req, res) && !backend.answers(req, res)) middlewares(req, res);
  });
}

async function listen(http: Server, wanted: number): Promise<number> {
  try {
    await once(http.listen(wanted, '127.0.0.1'), 'listening');
    return (http.address() as AddressInfo).port;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'is in use already' : `cannot be had (${code})`;
    const another = wanted < 65_535 ? wanted + 1 : DEFAULT_PORT;
    return giveUp(`Port ${wanted} ${why}: choose another one, such as PORT=${another} npm start`);
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  return giveUp(`PORT is “${text}”, which is no port: choose one, such as PORT=8080 npm start`);
}

function giveUp(message: string): never {
  console.error(message);
  process.exit(1);
}

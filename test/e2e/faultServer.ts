import { createServer, type AddressInfo, type Socket } from 'node:net';
import { DEFAULT_ENDPOINT, readToken } from '../../src/testing/artifactRoute.ts';
import type { PageAnswer } from './testPage.ts';

/**
 * One answer, byte by byte: it writes what it likes into the socket and ends it as it likes. Each
 * request has a connection of its own, so that none is answered over one that was used before.
 */
export type RawReply = (socket: Socket) => void | Promise<void>;

/** What a token is answered with. The last of several replies answers all later requests too. */
export interface Script {
  HEAD: RawReply | readonly RawReply[];
  GET: RawReply | readonly RawReply[];
}

/**
 * A web server that breaks the rules, and HTTP, on request: what no decent server, mock or library
 * can be made to send. It serves the test page, too, so that the artifacts are of its origin.
 */
export interface FaultServer {
  readonly origin: string;
  script(token: string, script: Script): void;
  /** The methods of a token's requests, in the order of arrival on the wire. */
  log(token: string): string[];
  close(): Promise<void>;
}

/** Starts a {@link FaultServer} on a free port. `page` answers whatever is no artifact. */
export async function startFaultServer(
  page: (url: string) => PageAnswer = () => ({ status: 404, headers: {}, body: new Uint8Array() }),
): Promise<FaultServer> {
  const scripts = new Map<string, Script>();
  const logs = new Map<string, string[]>();
  const sockets = new Set<Socket>();

  const answer = async (socket: Socket, method: string, url: string): Promise<void> => {
    const token = readToken(DEFAULT_ENDPOINT, url);
    if (token === null) return sendPage(socket, url);
    const log = logs.get(token) ?? [];
    logs.set(token, log);
    log.push(method);
    const script = method === 'GET' || method === 'HEAD' ? scripts.get(token)?.[method] : undefined;
    if (script === undefined) throw new Error(`No reply is scripted for ${method} ${url}.`);
    const replies = typeof script === 'function' ? [script] : script;
    const before = log.filter((earlier) => earlier === method).length - 1;
    await replies[Math.min(before, replies.length - 1)]?.(socket);
  };

  const sendPage = (socket: Socket, url: string): void => {
    const { status, headers, body } = page(url);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} \r\nConnection: close\r\n${lines.join('')}\r\n`);
    socket.end(body);
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Who breaks connections hears of broken connections.
    socket.on('error', () => {});
    let head = '';
    const read = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      socket.resume();
      const [method = '', url = ''] = head.split(' ', 2);
      answer(socket, method, url).catch((error: unknown) => socket.destroy(error as Error));
    };
    socket.on('data', read);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    script: (token, script) => void scripts.set(token, script),
    log: (token) => logs.get(token) ?? [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

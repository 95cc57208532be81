import { setTimeout as wait } from 'node:timers/promises';
import type { Socket } from 'node:net';
import type { RawReply } from './faultServer.ts';

type HeaderLines = Readonly<Record<string, string | number>>;

/** The headers of a PDF. `size: null` leaves its length out. */
export function pdfHeaders(size: number | null, fileName = 'plan.pdf'): HeaderLines {
  return {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    ...(size === null ? {} : { 'Content-Length': size }),
  };
}

/** A whole answer, after which the connection is closed. */
export function reply(
  status: number,
  headers: HeaderLines = {},
  body: Uint8Array | string = '',
): RawReply {
  return (socket) => {
    socket.write(head(status, headers));
    socket.end(body);
  };
}

/** The answer's headers and a part of its body; then `ending`. */
export function cutReply(
  headers: HeaderLines,
  part: Uint8Array | string,
  ending: (socket: Socket) => void,
): RawReply {
  return async (socket) => {
    socket.write(head(200, headers));
    await written(socket, part);
    ending(socket);
  };
}

/** A body whose second part waits until it is let through. */
export function gatedReply(
  headers: HeaderLines,
  first: string,
  gate: Promise<void>,
  second: string,
): RawReply {
  return async (socket) => {
    socket.write(head(200, headers));
    await written(socket, first);
    await gate;
    socket.end(second);
  };
}

/** The connection is closed in an orderly way (FIN), as a server that crashes between writes does. */
export const hangUp = (socket: Socket): void => void socket.end();
/** The connection is torn (RST), as when a process is killed or a cable pulled. */
export const tear = (socket: Socket): void => void socket.resetAndDestroy();
/** Nothing more comes, and nothing ends. */
export const fallSilent = (): void => {};

/** Ends after some bytes of the header section. */
export function cutHeaders(headers: HeaderLines, ending: (socket: Socket) => void): RawReply {
  return async (socket) => {
    const whole = head(200, headers);
    await written(socket, whole.slice(0, -12));
    ending(socket);
  };
}

/** A body in chunked coding, and so of unknown length. */
export function chunkedReply(
  headers: HeaderLines,
  chunks: readonly Uint8Array[],
  ending: 'complete' | 'cut' | 'never' = 'complete',
): RawReply {
  return (socket) => {
    socket.write(head(200, { ...headers, 'Transfer-Encoding': 'chunked' }));
    for (const chunk of chunks) {
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      socket.write('\r\n');
    }
    if (ending !== 'never') socket.end(ending === 'complete' ? '0\r\n\r\n' : '');
  };
}

/** A body in many small pieces, with a pause after each. */
export function drippingReply(
  headers: HeaderLines,
  pieces: readonly Uint8Array[],
  pause: number,
): RawReply {
  return async (socket) => {
    socket.setNoDelay(true);
    socket.write(head(200, headers));
    for (const piece of pieces) {
      if (socket.destroyed) return;
      await written(socket, piece);
      await wait(pause);
    }
    socket.end();
  };
}

function head(status: number, headers: HeaderLines): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} \r\nConnection: close\r\n${lines.join('')}\r\n`;
}

/** A torn connection loses what was not sent yet, so that has to be waited for. */
function written(socket: Socket, bytes: Uint8Array | string): Promise<void> {
  return new Promise((resolve) => socket.write(bytes, () => resolve()));
}

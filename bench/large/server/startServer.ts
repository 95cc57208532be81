import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FromServer, Order, Report, ToServer } from './messages.ts';

/** The server's process, as the driver sees it. */
export interface FileServer {
  readonly origin: string;
  /** A new one-time token for a file of `size` bytes. */
  issue(size: number, bytesPerSecond: number | null): string;
  /** Tells the open page, or the next one, what to do. */
  order(order: Order): void;
  /** The next report of this kind; rejects with what the page says when it says that it failed. */
  report<Kind extends 'ready' | 'observed'>(
    kind: Kind,
    timeout: number,
  ): Promise<Extract<Report, { kind: Kind }>>;
  /** Hears what a page reports as failed, until the result is called. */
  onFailure(listener: (message: string) => void): () => void;
  /** When at least so many bytes of the token's file were sent. */
  whenSent(token: string, bytes: number, timeout: number): Promise<void>;
  /** When the connection was cut, in epoch milliseconds. */
  whenCut(token: string, timeout: number): Promise<number>;
  close(): void;
}

/** Starts the server in a process of its own; `folder` holds the built page. */
export async function startServer(folder: string): Promise<FileServer> {
  const child = fork(join(import.meta.dirname, 'serve.ts'), [folder], { execArgv: [] });
  const listeners = new Set<(message: FromServer) => void>();
  child.on('message', (message: FromServer) => {
    for (const listener of listeners) listener(message);
  });
  const send = (message: ToServer) => void child.send(message);

  /** The first message of which `pick` makes something. */
  const next = <Value>(
    what: string,
    timeout: number,
    pick: (message: FromServer) => Value | undefined,
  ) =>
    new Promise<Value>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        listeners.delete(listener);
      };
      const listener = (message: FromServer) => {
        try {
          const value = pick(message);
          if (value === undefined) return;
          resolve(value);
        } catch (error) {
          reject(error);
        }
        end();
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`${what}: not within ${timeout / 1000} s`));
      }, timeout);
      listeners.add(listener);
    });

  const origin = await next('the server listens', 10_000, (message) =>
    message.kind === 'listening' ? message.origin : undefined,
  );
  return {
    origin,
    issue(size, bytesPerSecond) {
      const token = randomUUID();
      send({ kind: 'issue', token, size, bytesPerSecond });
      return token;
    },
    order: (order) => send({ kind: 'order', order }),
    report: <Kind extends 'ready' | 'observed'>(kind: Kind, timeout: number) =>
      next(`the page says "${kind}"`, timeout, (message) => {
        if (message.kind !== 'told') return undefined;
        const { report } = message;
        if (report.kind === 'failed') throw new Error(report.message);
        return report.kind === kind ? (report as Extract<Report, { kind: Kind }>) : undefined;
      }),
    onFailure(listener) {
      const hear = (message: FromServer) => {
        if (message.kind === 'told' && message.report.kind === 'failed') {
          listener(message.report.message);
        }
      };
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    async whenSent(token, bytes, timeout) {
      await next('the server sends', timeout, (message) =>
        message.kind === 'sent' && message.token === token && message.bytes >= bytes
          ? true
          : undefined,
      );
    },
    whenCut: (token, timeout) =>
      next('the connection is cut', timeout, (message) =>
        message.kind === 'cut' && message.token === token ? message.at : undefined,
      ),
    close: () => void child.kill(),
  };
}

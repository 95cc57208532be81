import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export const XVFB_PATH = '/usr/bin/Xvfb';

/** An X display in memory. */
export interface Display {
  /** What `DISPLAY` has to be, such as `:1`. */
  readonly name: string;
  close(): Promise<void>;
}

/** Starts one under a number that is free. */
export async function startXvfb(): Promise<Display> {
  const program = spawn(
    XVFB_PATH,
    ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const ended = once(program, 'exit');
  const told = once(program.stdio[3] as Readable, 'data').then(([data]) => String(data).trim());
  const number = await Promise.race([
    told,
    ended.then(([code]) => {
      throw new Error(`No display to test WebKit on: Xvfb has ended with ${String(code)}.`);
    }),
  ]);
  return {
    name: `:${number}`,
    async close() {
      program.kill();
      await ended;
    },
  };
}

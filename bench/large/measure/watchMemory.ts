import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** A page has settled when its memory has changed by less than this for so many looks. */
const STEADY = 2 ** 20;
const STEADY_LOOKS = 5;
const SETTLE_TIMEOUT = 10_000;

/** Watches the memory of a browser's processes. Bytes; `null` where the system does not tell. */
export interface MemoryWatch {
  /** Waits until the browser has come to rest, and tells its memory then. */
  atRest(): Promise<number | null>;
  /** Stops, and tells the highest value since it came to rest. */
  stop(): Promise<number | null>;
}

/** Begins to look at the process `root` and all that descend from it, some times a second. */
export function watchMemory(root: number): MemoryWatch {
  const worker = new Worker(join(import.meta.dirname, 'memoryWorker.ts'), { workerData: root });
  let looks: number[] = [];
  worker.on('message', (bytes: number) => looks.push(bytes));
  return {
    async atRest() {
      const end = performance.now() + SETTLE_TIMEOUT;
      for (;;) {
        await once(worker, 'message');
        const last = looks.slice(-STEADY_LOOKS);
        const isSteady =
          last.length === STEADY_LOOKS && Math.max(...last) - Math.min(...last) < STEADY;
        if (isSteady || performance.now() > end) break;
      }
      looks = looks.slice(-1);
      return looks[0] || null;
    },
    async stop() {
      await worker.terminate();
      return Math.max(...looks) || null;
    },
  };
}

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTree } from './processTree.ts';

/** Milliseconds between two looks; each costs the browser a few milliseconds of its memory's lock. */
const EVERY = 200;
/** A page has settled when its memory has changed by less than this within half a second. */
const STEADY = 2 ** 20;
const SETTLE_TIMEOUT = 10_000;

/** Bytes of all the tree's processes, shared pages counted once; `null` where nobody tells. */
export async function memoryOf(root: number): Promise<number | null> {
  let sum = 0;
  for (const pid of await processTree(root)) {
    // Gone meanwhile, as processes go.
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
    sum += Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024;
  }
  return sum === 0 ? null : sum;
}

/** Waits until the browser has come to rest, and tells its memory then. */
export async function memoryAtRest(root: number): Promise<number | null> {
  const end = performance.now() + SETTLE_TIMEOUT;
  let last = await memoryOf(root);
  while (last !== null) {
    await sleep(500);
    const now = await memoryOf(root);
    const isSteady = now !== null && Math.abs(now - last) < STEADY;
    last = now;
    if (isSteady || performance.now() > end) break;
  }
  return last;
}

/** Watches a browser's memory; the result stops it and tells the highest value seen. */
export function watchMemory(root: number): () => Promise<number | null> {
  const stop = new AbortController();
  let highest: number | null = null;
  const watching = (async () => {
    while (!stop.signal.aborted) {
      const now = await memoryOf(root);
      if (now !== null) highest = Math.max(highest ?? 0, now);
      await sleep(EVERY, null, { signal: stop.signal }).catch(() => {});
    }
  })();
  return async () => {
    stop.abort();
    await watching;
    return highest;
  };
}

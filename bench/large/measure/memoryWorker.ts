import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { processTree, readProcess } from './processTree.ts';

// A thread of its own, reading synchronously: in the driver's it would delay what is timed, and
// asynchronous reads of so many small files take ten times as long. One look takes 30 ms or so.

/** Milliseconds between two looks. */
const EVERY = 220;
/** After so many looks, processes that were started meanwhile are looked for. */
const LOOKS_A_TREE = 4;

/** Bytes of these processes, shared pages counted once; 0 where nobody tells. */
function memory(processes: readonly number[]): number {
  let sum = 0;
  for (const pid of processes) {
    const [, kibibytes] = /^Pss:\s+(\d+) kB$/m.exec(readProcess(pid, 'smaps_rollup')) ?? [];
    sum += Number(kibibytes ?? 0) * 1024;
  }
  return sum;
}

for (let look = 0, tree: number[] = []; ; look++) {
  if (look % LOOKS_A_TREE === 0) tree = processTree(workerData as number);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the rule is for windows; a thread's port takes no target.
  parentPort?.postMessage(memory(tree));
  await sleep(EVERY);
}

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * Plays the model at length: a vitest of its own for each core, each with its own seed, and again
 * until all runs are played, so that no process grows old.
 */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 100_000);
const SEED = Number(process.env['MODEL_SEED'] ?? Date.now() % 2 ** 31);
const MOST_IN_ONE = 5_000;

const parts = Math.ceil(RUNS / MOST_IN_ONE);
let next = 0;
let failed = false;

function play(part: number): Promise<void> {
  const runs = Math.min(MOST_IN_ONE, RUNS - part * MOST_IN_ONE);
  const env = { ...process.env, MODEL_RUNS: String(runs), MODEL_SEED: String(SEED + part) };
  const vitest = ['vitest', 'run', '--project', 'model', 'test/model/downloads.test.ts'];
  return new Promise((resolve) => {
    spawn('npx', vitest, { env, stdio: 'inherit' }).on('close', (code) => {
      failed ||= code !== 0;
      resolve();
    });
  });
}

console.log(`${RUNS} runs in ${parts} parts, MODEL_SEED=${SEED} and following`);
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    while (next < parts && !failed) await play(next++);
  }),
);
process.exitCode = failed ? 1 : 0;

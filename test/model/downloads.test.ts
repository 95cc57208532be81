import fc from 'fast-check';
import { afterAll, inject, it } from 'vitest';
import { KNOWN_BUGS } from './check/knownBugs.ts';
import { endings, performances, runConfig } from './play/arbitraries.ts';
import { Theatre } from './play/theatre.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 2_000);
const SEED = Number(process.env['MODEL_SEED'] ?? Date.now() % 2 ** 31);
/** The first number of the path that fast-check prints: the run to begin with. */
const FIRST = process.env['MODEL_PATH'];

const theatre = new Theatre(inject('tabScript'), {
  acrossTabs: process.env['MODEL_ACROSS_TABS'] === '1',
  tolerates: process.env['MODEL_STRICT'] === '1' ? [] : KNOWN_BUGS,
});
afterAll(() => {
  theatre.close();
  const { user, system } = process.cpuUsage();
  console.log(`cpu ${(user + system) / 1000} ms, ${process.memoryUsage().rss >> 20} MiB`);
});

it(`E1–E10 S T1 hold in ${RUNS} runs of one to three tabs (MODEL_SEED=${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(runConfig, performances, endings, async (config, commands, ending) => {
      await theatre.play(
        config,
        (world) => fc.asyncModelRun(() => ({ model: world, real: world }), commands),
        ending,
      );
    }),
    {
      numRuns: RUNS,
      seed: SEED,
      ...(FIRST === undefined ? {} : { path: FIRST }),
      endOnFailure: process.env['MODEL_SHRINK'] === '0',
    },
  );
});

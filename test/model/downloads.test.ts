import fc from 'fast-check';
import { afterAll, expect, inject, it } from 'vitest';
import { endings, performances, runConfig } from './play/arbitraries.ts';
import { Theatre } from './play/theatre.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 2_000);
/** The same runs each time, so that a change is judged by nothing but itself; `test:model` looks for new ones. */
const SEED = Number(process.env['MODEL_SEED'] ?? 20_261_121);
/** The first number of the path that fast-check prints: the run to begin with. */
const FIRST = process.env['MODEL_PATH'];

const theatre = new Theatre(inject('tabScript'));
const INTERRUPTIBLE = ['before fetch', 'no headers', 'headers', 'mid-body', 'unsaved'];

afterAll(() => theatre.close());

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
  if (process.env['MODEL_VERBOSE'] === '1') console.log(String(theatre.coverage));
});

it.runIf(RUNS >= 2_000 && FIRST === undefined)('every crash point was crashed at', () => {
  for (const event of ['unmount', 'remount', 'setToken', 'turnOnline', 'look', 'closeTab']) {
    expect(theatre.coverage.missing(event), event).toEqual([]);
  }
  // Before the click and after the saving there is nothing to cancel.
  const missing = theatre.coverage.missing('cancel');
  expect(missing.filter((point) => INTERRUPTIBLE.includes(point))).toEqual([]);
});

import fc from 'fast-check';
import { PLAIN_BUTTON, type ButtonOptions, type RunConfig } from '../world/config.ts';
import { GET_REPLIES, HEAD_REPLIES, type GetReply, type HeadReply } from '../world/server.ts';
import { ENDINGS } from './finale.ts';
import * as steps from './steps.ts';
import type { Step } from './steps.ts';

const index = fc.nat({ max: 4 });
const at = fc.nat({ max: 2 });
const token = fc.nat({ max: 1 });

const buttonOptions: fc.Arbitrary<ButtonOptions> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(PLAIN_BUTTON) },
  {
    weight: 3,
    arbitrary: fc.record({
      strict: fc.boolean(),
      ownClient: fc.boolean(),
      sink: fc.oneof(
        { weight: 5, arbitrary: fc.constant('auto' as const) },
        {
          weight: 4,
          arbitrary: fc.constantFrom('prompt', 'slow', 'dismissed', 'reentrant', 'unclosable'),
        },
      ),
      expiresIn: fc.oneof(
        { weight: 4, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom(8_000, 0) },
      ),
      every: fc.oneof(
        { weight: 6, arbitrary: fc.constant(false as const) },
        { weight: 1, arbitrary: fc.constant(30_000) },
      ),
      whenUnmounted: fc.constantFrom('keep', 'cancel'),
    }),
  },
);

const tokenStart = fc.record({
  state: fc.oneof(
    { weight: 6, arbitrary: fc.constant('fresh' as const) },
    { weight: 1, arbitrary: fc.constantFrom('consumed', 'expired') },
  ),
  lengths: fc.constantFrom('both', 'head', 'get', 'none', 'encoded'),
});

export const runConfig: fc.Arbitrary<RunConfig> = fc.record({
  tabs: fc.oneof(
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.constant(2) },
    { weight: 1, arbitrary: fc.constant(3) },
  ),
  tokens: fc.tuple(tokenStart, tokenStart),
  button: buttonOptions,
  opening: fc.nat({ max: 6 }),
  asks: fc.boolean(),
  outside: fc.constantFrom('prompt', 'scheduled'),
  locks: fc.oneof(
    { weight: 4, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
});

export const endings = fc.constantFrom(...ENDINGS);

/** The telling ones more often: an answer that is older than it looks, a GET that ends in doubt. */
const headReply = fc.constantFrom<HeadReply>(...HEAD_REPLIES, 'honest', 'early', 'early', 'lost');
const getReply = fc.constantFrom<GetReply>(...GET_REPLIES, 'artifact', 'artifact', 'busy', 'lost');

const weighted: readonly (readonly [number, fc.Arbitrary<Step>])[] = [
  [8, fc.constant(null).map(steps.serve)],
  [8, index.map(steps.click)],
  [2, fc.tuple(index, fc.nat({ max: 6 })).map((args) => steps.doubleClick(...args))],
  [1, index.map(steps.clickTwice)],
  [1, index.map(steps.lateSecondClick)],
  [1, fc.tuple(index, fc.integer({ min: 1, max: 3 })).map((args) => steps.holdEnter(...args))],
  [3, index.map(steps.cancel)],
  [2, fc.tuple(at, token, buttonOptions).map((args) => steps.mount(...args))],
  [2, index.map(steps.unmount)],
  [1, index.map(steps.remount)],
  [2, fc.tuple(index, fc.option(token, { freq: 4 })).map((args) => steps.setToken(...args))],
  [1, at.map((which) => steps.turnOnline(which, false))],
  [2, at.map((which) => steps.turnOnline(which, true))],
  [1, at.map((which) => steps.look(which, false))],
  [2, at.map((which) => steps.look(which, true))],
  [1, at.map(steps.goAndComeBack)],
  [
    1,
    fc
      .tuple(token, fc.constantFrom('expired' as const, 'consumed' as const))
      .map((args) => steps.takeAway(...args)),
  ],
  [6, fc.tuple(at, headReply).map((args) => steps.answerHead(...args))],
  [5, fc.tuple(at, getReply, fc.boolean()).map((args) => steps.answerGet(...args))],
  [3, fc.tuple(index, fc.integer({ min: 1, max: 12 })).map((args) => steps.sendBytes(...args))],
  [3, fc.tuple(index, fc.boolean()).map((args) => steps.endBody(...args))],
  [1, index.map(steps.breakBody)],
  [5, index.map(steps.letHappen)],
  [1, at.map(steps.breakHandOver)],
  [1, at.map(steps.mendHandOver)],
  [3, fc.constantFrom(150, 1_000, 5_000, 15_000, 35_000, 130_000, 400_000).map(steps.pass)],
  [1, at.map(steps.closeTab)],
  [2, fc.nat({ max: 4 }).map(steps.hurry)],
];

/** What happens in a run. */
export const performances = fc.commands(
  [fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })))],
  { maxCommands: 40, size: 'medium' },
);

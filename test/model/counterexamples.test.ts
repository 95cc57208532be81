import { afterAll, inject, it } from 'vitest';
import { Theatre } from './play/theatre.ts';
import * as step from './play/steps.ts';
import { PLAIN_BUTTON, PLAIN_RUN } from './world/config.ts';

const theatre = new Theatre(inject('tabScript'), { acrossTabs: false, tolerates: [] });
afterAll(() => theatre.close());

it('E4 an answer to a question from before the click settles nothing', async () => {
  await theatre.playSteps(PLAIN_RUN, [
    step.serve(),
    step.look(0, true),
    step.click(0),
    step.answerGet(0, 'busy', true),
    step.answerHead(0, 'early'),
    step.serve(),
  ]);
});

it(
  'S9 a cancel while the file is being put together leaves nothing in the downloads',
  async () => {
    await theatre.playSteps({ ...PLAIN_RUN, outside: 'scheduled' }, [
      step.serve(),
      step.click(0),
      step.serve(),
      step.endBody(0, true),
      step.cancel(0),
      step.letHappen(0),
    ]);
  },
);

it('E6 a lapsed token is not asked for by a retry that began before', async () => {
  const button = { ...PLAIN_BUTTON, expiresIn: 8_000 };
  await theatre.playSteps({ ...PLAIN_RUN, button }, [
    step.answerHead(0, 'busy'),
    step.look(0, false),
    step.pass(15_000),
    step.look(0, true),
  ]);
});

it('E6 a download that one client has settled is not asked for by another one’s retry', async () => {
  await theatre.playSteps(PLAIN_RUN, [
    step.mount(0, 0, { ...PLAIN_BUTTON, ownClient: false }),
    step.serve(),
    step.click(0),
    step.serve(),
    step.pass(130_000),
    step.answerHead(0, 'lost'),
    step.serve(),
    step.pass(35_000),
  ]);
});

it('E10 a retry that went to sleep with its page wakes up for a button that comes later', async () => {
  await theatre.playSteps(PLAIN_RUN, [
    step.serve(),
    step.click(0),
    step.look(0, false),
    step.answerGet(0, 'busy', false),
    step.answerHead(0, 'lost'),
    step.pass(5_000),
    step.unmount(0),
    step.look(0, true),
    step.mount(0, 0, PLAIN_BUTTON),
  ]);
});

it('E10 a lapsed button for a download whose outcome nobody knows can be used', async () => {
  await theatre.playSteps(
    PLAIN_RUN,
    [
      step.serve(),
      step.click(0),
      step.unmount(0),
      step.answerGet(0, 'busy', false),
      step.pass(400_000),
      step.mount(0, 0, { ...PLAIN_BUTTON, expiresIn: 0 }),
    ],
    'silent',
  );
});

it('E10 a file that was saved once is let go of in the end, though saving it again failed', async () => {
  await theatre.playSteps(PLAIN_RUN, [
    step.serve(),
    step.click(0),
    step.serve(),
    step.endBody(0, true),
    step.breakHandOver(0),
    step.click(0),
    step.unmount(0),
  ]);
});

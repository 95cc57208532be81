import { afterAll, inject, it } from 'vitest';
import { Theatre } from './play/theatre.ts';
import * as step from './play/steps.ts';
import { PLAIN_BUTTON, PLAIN_RUN } from './world/config.ts';

const theatre = new Theatre(inject('tabScript'));
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

it('S9 a cancel while the file is being put together leaves nothing in the downloads', async () => {
  await theatre.playSteps({ ...PLAIN_RUN, outside: 'scheduled' }, [
    step.serve(),
    step.click(0),
    step.serve(),
    step.endBody(0, true),
    step.cancel(0),
    step.letHappen(0),
  ]);
});

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

it('E5 a tab that clicked while another one’s GET was under way does not follow it when that dies', async () => {
  await theatre.playSteps({ ...PLAIN_RUN, tabs: 2, outside: 'scheduled' }, [
    step.serve(),
    step.click(0),
    step.letHappen(1),
    step.click(1),
    step.closeTab(0),
  ]);
});

it('E4 E5 what another tab’s GET came to is not guessed where HEAD can’t be asked', async () => {
  await theatre.playSteps({ ...PLAIN_RUN, tabs: 2 }, [
    step.serve(),
    step.click(1),
    step.closeTab(1),
    step.answerHead(0, 'unsupported'),
    step.click(0),
  ]);
});

it('E5 a tab that spent nothing leaves nothing in doubt', async () => {
  const button = { ...PLAIN_BUTTON, sink: 'dismissed' as const };
  await theatre.playSteps({ ...PLAIN_RUN, tabs: 2, button }, [
    step.serve(),
    step.click(0),
    step.answerHead(0, 'unsupported'),
  ]);
});

it('E8 E10 back from the cache with an old answer that it is dead', async () => {
  const consumed = { state: 'consumed', lengths: 'both' } as const;
  await theatre.playSteps({ ...PLAIN_RUN, tokens: [consumed, consumed] }, [
    step.goAndComeBack(0),
    step.pass(150),
  ]);
});

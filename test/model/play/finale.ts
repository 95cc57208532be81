import { findTokens } from '../check/secrets.ts';
import { PLAIN_BUTTON } from '../world/config.ts';
import type { Tab } from '../world/Tab.ts';
import type { World } from '../world/World.ts';

/** How the world treats what is still open when the commands are over. */
export type Ending = 'answered' | 'silent' | 'lost';
export const ENDINGS: readonly Ending[] = ['answered', 'silent', 'lost'];

const MINUTE = 60_000;
/** Longer than any time-out with all its retries, so that whatever can end by itself has ended. */
const LONG = 10 * MINUTE;
const ROUNDS = 12;

/** Ends a run: everything comes to rest, is looked at, and is put away. */
export async function playFinale(world: World, ending: Ending): Promise<void> {
  world.hurry = Infinity;
  for (const tab of world.tabs) {
    if (!tab.isVisible) world.user.look(tab, true);
    if (!tab.isOnline) world.user.turn(tab, true);
  }
  await comeToRest(world, ending);
  world.oracle.examineAtRest();
  world.oracle.examineEnd();
  for (const secret of findTokens(world)) world.violate(secret);
  throwFirst(world);
  await saveWhatIsHeld(world);
  await wakeWhatSleeps(world);
  for (const tab of world.tabs) {
    tab.buttons = [];
    tab.show();
  }
  await comeToRest(world, ending);
  // Held bytes are let go of some minutes after their last button.
  await world.clock.pass(LONG);
  for (const secret of findTokens(world)) world.violate(secret);
  world.tabs.forEach((tab, index) => examineBalance(tab, index));
  throwFirst(world);
}

async function comeToRest(world: World, ending: Ending): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await world.clock.settle();
    world.oracle.noteSettled();
    const { heads, gets, bodies } = world.server;
    const isOpen = heads.length + gets.length + bodies.length + world.scheduled.length > 0;
    if (!isOpen && world.oracle.isSettled && round > 0) break;
    for (const { tab, happen } of world.scheduled.splice(0)) tab.guard(happen);
    if (ending === 'answered') {
      for (const head of heads) world.server.answerHead(head, 'honest');
      for (const get of gets) world.server.answerGet(get, 'artifact', true);
      for (const body of bodies) {
        world.server.sendBytes(body, Infinity);
        world.server.endBody(body);
      }
      await world.clock.pass(5_000);
    } else if (ending === 'lost') {
      for (const request of [...heads, ...gets]) world.server.lose(request);
      for (const body of bodies) world.server.breakBody(body);
      await world.clock.pass(15_000);
    } else {
      await world.clock.pass(MINUTE);
    }
  }
  await world.clock.settle();
  world.oracle.noteSettled();
}

/** Bytes that were paid for with a token are there until they are saved: the user saves them. */
async function saveWhatIsHeld(world: World): Promise<void> {
  for (const tab of world.tabs) {
    tab.handsOver = true;
    if (tab.listeners.of('beforeunload') === 0) continue;
    for (const artifact of world.server.artifacts) {
      const button = tab.mount(artifact, PLAIN_BUTTON);
      await world.clock.settle();
      const { status, text } = world.user.see(button);
      if (status === 'failed' && /Save again/.test(text)) world.user.click(button);
      await world.clock.settle();
    }
  }
  for (const { tab, happen } of world.scheduled.splice(0)) tab.guard(happen);
  await world.clock.settle();
}

/** A HEAD's retry that waits for the page to be looked at has no timer that would show it. */
async function wakeWhatSleeps(world: World): Promise<void> {
  for (const tab of world.tabs) {
    for (const ownClient of [true, false]) tab.mount(null, { ...PLAIN_BUTTON, ownClient });
  }
  await world.clock.settle();
  for (const tab of world.tabs) world.user.look(tab, true);
}

function examineBalance(tab: Tab, index: number): void {
  const { world } = tab;
  const complain = (what: string) => world.violate(`${what} (tab ${index})`);
  if (tab.liveUrls.size) complain(`S6 ${tab.liveUrls.size} object URLs were never revoked`);
  if (tab.unusualListeners) complain(`S8 listeners stay behind: ${tab.unusualListeners}`);
  const timers = world.clock.pending(tab);
  const kind = tab.hasRefused ? 'Once a file was refused, ' : '';
  if (timers) complain(`${kind}E10 ${timers} timers stay behind`);
  const errors = tab.console.filter((line) => line.startsWith('error'));
  if (errors.length) complain(`The console shows ${errors.join('\n')}`);
}

function throwFirst(world: World): void {
  const [violation] = world.violations;
  if (violation) throw new Error(violation);
}

import type fc from 'fast-check';
import type { ButtonOptions } from '../world/config.ts';
import type { GetReply, HeadReply, SentRequest } from '../world/server.ts';
import type { Button, Tab } from '../world/Tab.ts';
import type { World } from '../world/World.ts';

/** A command; the world is its own model, as the oracle keeps the books. */
export type Step = fc.AsyncCommand<World, World>;

interface StepParts {
  /** Whether it makes sense now. */
  readonly when: (world: World) => boolean;
  readonly act: (world: World) => Promise<void> | void;
  /** Where it happens; absent: on the server, or everywhere. */
  readonly where?: (world: World) => Tab;
  /** The user asks for it; everything else must not wake what is over. */
  readonly byUser?: boolean;
}

/** @param call how it is written in a test, so that what is found can be kept as one. */
function step(call: string, { when, act, where, byUser = false }: StepParts): Step {
  return {
    check: when,
    async run(world) {
      if (!byUser && world.isAtRest) world.oracle.beforeEvent();
      const name = call.slice(0, call.indexOf('('));
      for (const one of where ? [where(world)] : world.tabs) world.coverage.note(name, one);
      await act(world);
      const { hurry } = world;
      world.hurry = Infinity;
      await world.clock.settle(hurry);
      world.isAtRest = hurry === Infinity;
      world.oracle.afterEvent();
      if (world.isAtRest) world.oracle.examineAtRest();
      else world.oracle.examine();
      const [violation] = world.violations;
      if (violation) throw new Error(violation);
    },
    toString: () => call,
  };
}

const pick = <Thing>(things: readonly Thing[], index: number): Thing =>
  things[index % things.length] as Thing;
const button = (world: World, index: number): Button => pick(world.buttons, index);
const hasButtons = (world: World) => world.buttons.length > 0;
const tab = (world: World, index: number): Tab => pick(world.tabs, index);
const hasTabs = (world: World) => world.tabs.length > 0;
const call = (name: string, ...args: unknown[]) =>
  `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;

const cancelable = (world: World) => world.buttons.filter((one) => world.user.canCancel(one));

const MOST_BUTTONS = 5;

/** The next command comes after so many tasks of the pages, in the middle of their work. */
export const hurry = (tasks: number): Step => ({
  check: () => true,
  async run(world) {
    world.hurry = tasks;
  },
  toString: () => call('hurry', tasks),
});

export const mount = (at: number, token: number, options: ButtonOptions): Step =>
  step(call('mount', at, token, options), {
    byUser: true,
    when: (world) => hasTabs(world) && world.buttons.length < MOST_BUTTONS,
    act: (world) => void tab(world, at).mount(world.artifact(token), options),
  });

export const unmount = (index: number): Step =>
  step(call('unmount', index), {
    when: hasButtons,
    where: (world) => button(world, index).tab,
    act(world) {
      const one = button(world, index);
      one.tab.buttons = one.tab.buttons.filter((other) => other !== one);
      one.tab.show();
    },
  });

/** Off and on again in one commit, as a list that is put in another order does. */
export const remount = (index: number): Step =>
  step(call('remount', index), {
    byUser: true,
    when: hasButtons,
    where: (world) => button(world, index).tab,
    act(world) {
      const one = button(world, index);
      one.incarnation++;
      one.tab.show();
    },
  });

export const setToken = (index: number, token: number | null): Step =>
  step(call('setToken', index, token), {
    byUser: true,
    when: hasButtons,
    where: (world) => button(world, index).tab,
    act(world) {
      const one = button(world, index);
      one.before = one.artifact;
      one.artifact = token === null ? null : world.artifact(token);
      one.tab.show();
    },
  });

export const click = (index: number): Step =>
  step(call('click', index), {
    byUser: true,
    when: hasButtons,
    where: (world) => button(world, index).tab,
    act: (world) => world.user.click(button(world, index)),
  });

/** @param between tasks of the page between the two clicks. */
export const doubleClick = (index: number, between: number): Step =>
  step(call('doubleClick', index, between), {
    byUser: true,
    when: hasButtons,
    where: (world) => button(world, index).tab,
    async act(world) {
      const one = button(world, index);
      world.user.click(one, 1);
      await world.clock.settle(between);
      // Where Cancel has come under the pointer, it takes the second click.
      if (between % 2 === 0 || !world.user.cancel(one, 2)) world.user.click(one, 2);
    },
  });

/** Two calls of a script in one tick, which count as two decisions. */
export const clickTwice = (index: number): Step =>
  step(call('clickTwice', index), {
    byUser: true,
    when: hasButtons,
    where: (world) => button(world, index).tab,
    act(world) {
      const one = button(world, index);
      world.user.click(one, 0);
      world.user.click(one, 0);
    },
  });

/** A second click of a row whose first one hit something else, or came before what is there now. */
export const lateSecondClick = (index: number): Step =>
  step(call('lateSecondClick', index), {
    when: hasButtons,
    where: (world) => button(world, index).tab,
    act: (world) => world.user.click(button(world, index), 2),
  });

export const holdEnter = (index: number, repeats: number): Step =>
  step(call('holdEnter', index, repeats), {
    byUser: true,
    when: hasButtons,
    where: (world) => button(world, index).tab,
    act: (world) => world.user.holdEnter(button(world, index), repeats),
  });

export const cancel = (index: number): Step =>
  step(call('cancel', index), {
    byUser: true,
    when: (world) => cancelable(world).length > 0,
    where: (world) => pick(cancelable(world), index).tab,
    act(world) {
      const one = pick(cancelable(world), index);
      world.user.cancel(one);
      world.oracle.onCancel(one);
    },
  });

export const turnOnline = (at: number, isOnline: boolean): Step =>
  step(call('turnOnline', at, isOnline), {
    when: (world) => hasTabs(world) && tab(world, at).isOnline !== isOnline,
    where: (world) => tab(world, at),
    act: (world) => world.user.turn(tab(world, at), isOnline),
  });

export const look = (at: number, isVisible: boolean): Step =>
  step(call('look', at, isVisible), {
    when: hasTabs,
    where: (world) => tab(world, at),
    act: (world) => world.user.look(tab(world, at), isVisible),
  });

export const goAndComeBack = (at: number): Step =>
  step(call('goAndComeBack', at), {
    byUser: true,
    when: hasTabs,
    where: (world) => tab(world, at),
    act: (world) => world.user.goAndComeBack(tab(world, at)),
  });

/** The clock, or somebody else, takes a token that is still fresh. */
export const takeAway = (token: number, state: 'expired' | 'consumed'): Step =>
  step(call('takeAway', token, state), {
    when: (world) => world.artifact(token).state === 'fresh',
    act: (world) => void (world.artifact(token).state = state),
  });

export const answerHead = (index: number, reply: HeadReply): Step =>
  step(call('answerHead', index, reply), {
    when: (world) => world.server.heads.length > 0,
    act: (world) => world.server.answerHead(pick(world.server.heads, index), reply),
  });

export const answerGet = (index: number, reply: GetReply, spends: boolean): Step =>
  step(call('answerGet', index, reply, spends), {
    when: (world) => world.server.gets.length > 0,
    act: (world) => world.server.answerGet(pick(world.server.gets, index), reply, spends),
  });

const withBody = (world: World) => world.server.bodies.length > 0;
const body = (world: World, index: number): SentRequest => pick(world.server.bodies, index);

export const sendBytes = (index: number, count: number): Step =>
  step(call('sendBytes', index, count), {
    when: withBody,
    act: (world) => world.server.sendBytes(body(world, index), count),
  });

/** Cleanly; a body of which not all was sent is cut by it. */
export const endBody = (index: number, all: boolean): Step =>
  step(call('endBody', index, all), {
    when: withBody,
    act(world) {
      const request = body(world, index);
      if (all) world.server.sendBytes(request, Infinity);
      world.server.endBody(request);
    },
  });

export const breakBody = (index: number): Step =>
  step(call('breakBody', index), {
    when: withBody,
    act: (world) => world.server.breakBody(body(world, index)),
  });

/** Everything that waits for the server is answered as it should be, but bodies stay open. */
export const serve = (): Step =>
  step(call('serve'), {
    when: (world) => world.server.heads.length + world.server.gets.length > 0,
    act(world) {
      for (const head of world.server.heads) world.server.answerHead(head, 'honest');
      for (const get of world.server.gets) world.server.answerGet(get, 'artifact', true);
    },
  });

/** A disk, a dialog, a lock or a message gets its turn. */
export const letHappen = (index: number): Step =>
  step(call('letHappen', index), {
    when: (world) => world.scheduled.length > 0,
    act(world) {
      const [next] = world.scheduled.splice(index % world.scheduled.length, 1);
      next?.tab.guard(next.happen);
    },
  });

export const breakHandOver = (at: number): Step =>
  step(call('breakHandOver', at), {
    when: hasTabs,
    where: (world) => tab(world, at),
    act: (world) => void (tab(world, at).handsOver = false),
  });

export const mendHandOver = (at: number): Step =>
  step(call('mendHandOver', at), {
    when: (world) => hasTabs(world) && !tab(world, at).handsOver,
    act: (world) => void (tab(world, at).handsOver = true),
  });

export const pass = (milliseconds: number): Step =>
  step(call('pass', milliseconds), {
    when: () => true,
    act: (world) => world.clock.pass(milliseconds),
  });

/** The tab crashes or is closed; others on the origin go on. */
export const closeTab = (at: number): Step =>
  step(call('closeTab', at), {
    when: (world) => world.tabs.length > 1,
    where: (world) => tab(world, at),
    act(world) {
      const one = tab(world, at);
      one.close();
      world.tabs = world.tabs.filter((other) => other !== one);
    },
  });

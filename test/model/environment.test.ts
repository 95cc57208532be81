import { expect, it } from 'vitest';
import { ChannelsOfOrigin } from './world/channels.ts';
import { LockManagerOfOrigin } from './world/locks.ts';
import type { Later } from './world/blobs.ts';

const now: Later = (_what, happen) => queueMicrotask(happen);
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A lock that is held until told otherwise. */
function holder(seen: unknown[]) {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const callback = (lock: unknown) => (seen.push(lock ? 'granted' : lock), lock ? held : undefined);
  return { callback, release };
}

it('a lock has one holder; the next gets it when that one lets go, or its tab closes', async () => {
  const locks = new LockManagerOfOrigin();
  const [one, two] = [{}, {}];
  const [here, there] = [locks.forTab(one, now), locks.forTab(two, now)];
  const [first, second, third] = [[], [], []] as unknown[][] as [unknown[], unknown[], unknown[]];
  const held = holder(first);
  void here.request('a', held.callback);
  await turn();
  void there.request('a', { ifAvailable: true }, holder(third).callback);
  void there.request('a', holder(second).callback);
  await turn();
  expect([first, second, third]).toEqual([['granted'], [], [null]]);
  held.release();
  await turn();
  expect(second).toEqual(['granted']);
  const last: unknown[] = [];
  void here.request('a', holder(last).callback);
  await turn();
  expect(last).toEqual([]);
  locks.drop(two);
  await turn();
  expect(last).toEqual(['granted']);
});

it('a request that is aborted while it waits is rejected; shared locks are shared', async () => {
  const locks = new LockManagerOfOrigin();
  const { request } = locks.forTab({}, now);
  const seen: unknown[] = [];
  void request('a', { mode: 'shared' }, holder(seen).callback);
  void request('a', { mode: 'shared' }, holder(seen).callback);
  await turn();
  expect(seen).toHaveLength(2);
  const controller = new AbortController();
  const waiting = request('a', { signal: controller.signal }, holder(seen).callback);
  await turn();
  controller.abort(new Error('no more'));
  await expect(waiting).rejects.toThrow('no more');
  expect(seen).toHaveLength(2);
});

it('a message reaches the others, in order, and not its sender nor a closed tab', async () => {
  const channels = new ChannelsOfOrigin();
  const realm = { EventTarget, MessageEvent };
  const tabs = [{}, {}, {}];
  const heard: string[] = [];
  const [here, ...others] = tabs.map((tab, index) => {
    const channel = new (channels.forTab(tab, realm, now))('news');
    channel.addEventListener('message', (event) => {
      heard.push(`${index}: ${String((event as MessageEvent).data)}`);
    });
    return channel;
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the rule is for windows; a BroadcastChannel, and the model of one, take no target.
  const say = (text: string) => here?.postMessage(text);
  say('one');
  say('two');
  await turn();
  expect(heard.toSorted()).toEqual(['1: one', '1: two', '2: one', '2: two']);
  expect(heard.indexOf('1: one')).toBeLessThan(heard.indexOf('1: two'));
  others[0]?.close();
  channels.drop(tabs[2] as object);
  say('three');
  await turn();
  expect(heard).toHaveLength(4);
});

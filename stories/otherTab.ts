import { digestOf, NAME, type Message } from '../src/download/tabs.ts';

/**
 * Does what another tab with the same token would, as far as this one can tell: it has the lock, and
 * says how far it is, also when asked.
 */
export function actElsewhere(token: string, word: Message['word']): void {
  void digestOf(token).then(async (id) => {
    const channel = new BroadcastChannel(NAME);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the rule is for windows; a BroadcastChannel takes no target.
    const tell = () => channel.postMessage({ id, word } satisfies Message);
    channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.id === id && data.word === 'hello') tell();
    });
    await navigator.locks.request(`${NAME}:${id}`, () => {
      tell();
      return new Promise(() => {});
    });
  });
}

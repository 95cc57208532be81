import type { Later } from './blobs.ts';

interface OpenChannel {
  readonly owner: object;
  readonly name: string;
  readonly inbox: unknown[];
  readonly receive: (data: unknown) => void;
  readonly later: Later;
}

/** What a tab brings of its own realm. */
interface Realm {
  readonly EventTarget: typeof EventTarget;
  readonly MessageEvent: typeof MessageEvent;
}

/** `BroadcastChannel` of one origin: to everyone but the sender, in order, some time later. */
export class ChannelsOfOrigin {
  /** All that was said, for anyone on the origin can listen. */
  readonly said: { readonly name: string; readonly data: unknown }[] = [];
  readonly #open = new Set<OpenChannel>();

  /** The class for one tab. */
  forTab(owner: object, { EventTarget: Target, MessageEvent: Message }: Realm, later: Later) {
    const { said } = this;
    const channels = this.#open;
    return class ModelChannel extends Target {
      readonly name: string;
      onmessage: ((event: MessageEvent) => void) | null = null;
      readonly #channel: OpenChannel;
      constructor(name: string) {
        super();
        this.name = name;
        const receive = (data: unknown) => {
          const event = new Message('message', { data });
          this.dispatchEvent(event);
          this.onmessage?.(event);
        };
        this.#channel = { owner, name, inbox: [], receive, later };
        channels.add(this.#channel);
      }
      postMessage(message: unknown): void {
        if (!channels.has(this.#channel)) throw new Error('InvalidStateError');
        const data = structuredClone(message);
        said.push({ name: this.name, data });
        for (const channel of channels) {
          if (channel === this.#channel || channel.name !== this.name) continue;
          channel.inbox.push(data);
          channel.later(`message ${this.name}`, () => {
            const next = channel.inbox.shift();
            if (channels.has(channel)) channel.receive(next);
          });
        }
      }
      close(): void {
        channels.delete(this.#channel);
      }
    };
  }

  /** A new run: what was said in the one before is neither heard nor remembered. */
  forget(): void {
    this.said.length = 0;
    for (const channel of this.#open) channel.inbox.length = 0;
  }

  drop(owner: object): void {
    for (const channel of this.#open) if (channel.owner === owner) this.#open.delete(channel);
  }
}

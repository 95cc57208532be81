import type { Later } from './blobs.ts';

type Mode = 'exclusive' | 'shared';

interface LockRequest {
  readonly owner: object;
  readonly name: string;
  readonly mode: Mode;
  readonly grant: (lock: { name: string; mode: Mode } | null) => void;
}

interface LockOptions {
  readonly mode?: Mode;
  readonly ifAvailable?: boolean;
  readonly signal?: AbortSignal;
}

type Callback = (lock: { name: string; mode: Mode } | null) => unknown;

/** `navigator.locks` of one origin: all tabs' locks, first come, first served. */
export class LockManagerOfOrigin {
  /** Every name ever asked for: others on the origin can see them. */
  readonly names: string[] = [];
  readonly #held = new Set<LockRequest>();
  readonly #waiting: LockRequest[] = [];

  /** The `navigator.locks` of one tab. */
  forTab(owner: object, later: Later) {
    const request = (name: string, given: LockOptions | Callback, last?: Callback) => {
      const options = typeof given === 'function' ? {} : given;
      const callback = typeof given === 'function' ? given : (last as Callback);
      this.names.push(name);
      return new Promise((resolve, reject) => {
        const { signal, mode = 'exclusive' } = options;
        if (signal?.aborted) return reject(signal.reason as Error);
        const asked: LockRequest = {
          owner,
          name,
          mode,
          grant: (lock) => {
            signal?.removeEventListener('abort', giveUp);
            void hold(callback, lock)
              .then(resolve, reject)
              .finally(() => this.#release(asked));
          },
        };
        const giveUp = () => {
          const at = this.#waiting.indexOf(asked);
          if (at >= 0) this.#waiting.splice(at, 1);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', giveUp);
        later(`lock ${name}`, () => {
          if (signal?.aborted) return;
          if (options.ifAvailable && !this.#isFree(asked)) return asked.grant(null);
          this.#waiting.push(asked);
          this.#serve();
        });
      });
    };
    const query = async () => ({
      held: [...this.#held].map(({ name, mode }) => ({ name, mode })),
      pending: this.#waiting.map(({ name, mode }) => ({ name, mode })),
    });
    return { request, query };
  }

  /** A closed tab holds nothing and waits for nothing. */
  drop(owner: object): void {
    for (const lock of this.#held) if (lock.owner === owner) this.#held.delete(lock);
    for (const lock of this.#waiting.slice()) {
      if (lock.owner === owner) this.#waiting.splice(this.#waiting.indexOf(lock), 1);
    }
    this.#serve();
  }

  #isFree(asked: LockRequest): boolean {
    const others = [...this.#held, ...this.#waiting].filter(({ name }) => name === asked.name);
    return others.every(({ mode }) => mode === 'shared' && asked.mode === 'shared');
  }

  #serve(): void {
    for (const asked of this.#waiting.slice()) {
      const ahead = this.#waiting.slice(0, this.#waiting.indexOf(asked));
      const others = [...this.#held, ...ahead].filter(({ name }) => name === asked.name);
      if (others.some(({ mode }) => mode === 'exclusive' || asked.mode === 'exclusive')) continue;
      this.#waiting.splice(this.#waiting.indexOf(asked), 1);
      this.#held.add(asked);
      asked.grant({ name: asked.name, mode: asked.mode });
    }
  }

  #release(asked: LockRequest): void {
    if (this.#held.delete(asked)) this.#serve();
  }
}

/** The lock is held until what the callback gives back has ended. */
async function hold(callback: Callback, lock: Parameters<Callback>[0]): Promise<unknown> {
  return await callback(lock);
}

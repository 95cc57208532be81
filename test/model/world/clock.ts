import { setImmediate as nextTurn } from 'node:timers/promises';

interface Task {
  readonly owner: object;
  at: number;
  readonly order: number;
  readonly every: number | null;
  readonly run: () => void;
}

const LONGEST_TIMER = 2 ** 31 - 1;
/** More tasks than this without any time passing are a loop that never ends. */
const MOST_TASKS = 5_000;

/** The one time of all tabs. It stands still unless told to pass; what is due runs in `settle`. */
export class Clock {
  now = Date.UTC(2026, 0, 1);
  #count = 0;
  readonly #tasks = new Map<number, Task>();

  /** A timer as browsers have it: too long a delay overflows and fires at once. */
  set(owner: object, run: () => void, delay = 0, repeats = false): number {
    const wait = delay > 0 && delay <= LONGEST_TIMER ? delay : 0;
    const order = ++this.#count;
    const every = repeats ? Math.max(wait, 4) : null;
    this.#tasks.set(order, { owner, at: this.now + (every ?? wait), order, every, run });
    return order;
  }

  clear(id: number | undefined): void {
    if (id !== undefined) this.#tasks.delete(id);
  }

  /** Timers that have not fired. */
  pending(owner: object): number {
    return [...this.#tasks.values()].filter((task) => task.owner === owner).length;
  }

  /** A closed tab's timers never fire. */
  drop(owner: object): void {
    for (const [id, task] of this.#tasks) if (task.owner === owner) this.#tasks.delete(id);
  }

  /** Runs what is due now, with all promises between, until nothing is: or `most` tasks of it. */
  async settle(most = Infinity): Promise<void> {
    await nextTurn();
    for (let count = 0; count < most; count++) {
      const next = this.#earliest();
      if (!next || next.at > this.now) return;
      if (count > MOST_TASKS) throw new Error('The page is busy for ever.');
      if (next.every === null) this.#tasks.delete(next.order);
      else next.at += next.every;
      next.run();
      await nextTurn();
    }
  }

  /** Lets time pass, and what falls due in it happen in its order. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.now + milliseconds;
    for (;;) {
      await this.settle();
      const next = this.#earliest();
      if (!next || next.at > until) break;
      this.now = next.at;
    }
    this.now = until;
  }

  #earliest(): Task | undefined {
    let earliest: Task | undefined;
    for (const task of this.#tasks.values()) {
      if (!earliest || task.at < earliest.at) earliest = task;
    }
    return earliest;
  }
}

/** Counts the listeners on a window or a document, by type, so that none is left behind unseen. */
export class Listeners {
  readonly #live = new Map<string, number>();

  /** Watches one target from now on. */
  watch(target: EventTarget, name: string): void {
    const known = new Map<string, Set<unknown>>();
    const add = target.addEventListener.bind(target);
    const remove = target.removeEventListener.bind(target);
    const keyOf = (type: string, options: unknown) => {
      const capture =
        typeof options === 'object' ? (options as { capture?: boolean })?.capture : options;
      return `${name} ${type}${capture ? ' (capture)' : ''}`;
    };
    target.addEventListener = (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: AddEventListenerOptions | boolean,
    ) => {
      const key = keyOf(type, options);
      const same = known.get(key) ?? new Set();
      known.set(key, same.add(listener));
      this.#live.set(key, same.size);
      add(type, listener, options);
    };
    target.removeEventListener = (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: EventListenerOptions | boolean,
    ) => {
      const key = keyOf(type, options);
      const same = known.get(key);
      if (same?.delete(listener)) this.#live.set(key, same.size);
      remove(type, listener, options);
    };
  }

  of(type: string): number {
    let count = 0;
    for (const [key, live] of this.#live) if (key.split(' ')[1] === type) count += live;
    return count;
  }

  /** All there are, to be compared with what there was before. */
  toString(): string {
    // One a page, for as long as it lives: who comes back from the cache has to ask.
    const isPages = (key: string, count: number) => key === 'window pageshow' && count === 1;
    const lines = [...this.#live].filter(([key, count]) => count > 0 && !isPages(key, count));
    return lines
      .map(([key, count]) => `${key}: ${count}`)
      .sort()
      .join(', ');
  }
}

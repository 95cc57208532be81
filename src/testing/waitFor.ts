/**
 * Resolves after `milliseconds` (at once when there are none left, never when they are `Infinity`), or
 * as soon as `signal` aborts. Never rejects, and leaves no timer and no listener behind.
 */
export function waitFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    // `setTimeout` would take `Infinity` for 1.
    const timer = milliseconds === Infinity ? undefined : setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}

import { expect } from 'vitest';

/** Milliseconds that a condition may take on a slow machine; a fast one does not wait for them. */
const PATIENCE = 10_000;

/**
 * Expects of what is read again and again until it holds: `await eventually(() => …).toBe(…)`.
 * @param timeout in milliseconds, for what takes long on any machine.
 */
export function eventually<Value>(read: () => Value | Promise<Value>, timeout = PATIENCE) {
  return expect.poll(read, { timeout, interval: 20 });
}

import { expect } from 'vitest';

/** Milliseconds that a condition may take on a slow machine; a fast one does not wait for them. */
const PATIENCE = 10_000;

/** Expects of what is read again and again until it holds: `await eventually(() => …).toBe(…)`. */
export function eventually<Value>(read: () => Value | Promise<Value>) {
  return expect.poll(read, { timeout: PATIENCE, interval: 20 });
}

import { atMost, note } from '../verdict.ts';
import type { CancelResult } from './measure/cancel.ts';
import { median } from './summary.ts';

/** Milliseconds that S9 promises. */
const PROMISED = 100;

/** Prints what canceling came to in one browser, against S9. */
export function reportCancels(browser: string, results: readonly CancelResult[]): void {
  const where = `S9  ${browser}, ${results.length} cancels`;
  const failure = results.find((result) => result.failure !== null)?.failure;
  if (failure !== undefined) return note(where, `OVER: ${failure}`);
  const times = results.map(({ time }) => time ?? Number.NaN);
  atMost(`${where}: to the closed connection, p50`, median(times) ?? Number.NaN, PROMISED, 'ms');
  atMost(`${where}: the slowest`, Math.max(...times), PROMISED, 'ms');
  const files = results.flatMap(({ leftFiles }) => leftFiles);
  atMost(`${where}: files left in downloads`, files.length, 0, 'files');
  const bytes = Math.max(...results.map(({ leftBytes }) => leftBytes ?? 0));
  atMost(`${where}: stored by the origin afterwards`, bytes / 2 ** 20, 1, 'MiB');
}

import { warnOnce } from '../protocol/warnOnce.ts';

/** Below this many seconds the time left is counted down; above it the time of day is enough. */
export const COUNTED_DOWN = 90;

/** When a token lapses: a `Date`, epoch milliseconds or ISO 8601. */
export type Expiry = Date | number | string | null | undefined;

/** Epoch milliseconds of an `expiresAt`, or `null` when there is none or it is not a time. */
export function expiryOf(expiresAt: Expiry): number | null {
  if (expiresAt === null || expiresAt === undefined) return null;
  const at = new Date(expiresAt).getTime();
  if (process.env.NODE_ENV !== 'production') warnAboutExpiry(expiresAt, at);
  return Number.isNaN(at) ? null : at;
}

function warnAboutExpiry(expiresAt: Date | number | string, at: number): void {
  if (Number.isNaN(at)) {
    warnOnce(
      'expiresAt is not a time and is left out. Pass a Date, epoch milliseconds or ISO 8601.',
    );
  }
  if (typeof expiresAt === 'number' && at < 1e11) {
    warnOnce('expiresAt lies in the early 1970s: it counts milliseconds, not seconds.');
  }
}

/** Whole seconds until `at`, near the end: `Infinity` while that is far or unknown, 0 from then on. */
export function secondsLeft(at: number | null): number {
  if (at === null) return Infinity;
  const left = Math.ceil((at - Date.now()) / 1_000);
  return left > COUNTED_DOWN ? Infinity : Math.max(0, left);
}

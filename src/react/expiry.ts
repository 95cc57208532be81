import { useCallback, useSyncExternalStore } from 'react';
import { warnOnce } from '../protocol/warnOnce.ts';

/** Below this many seconds the time left is counted down; above it the time of day is enough. */
const COUNTED_DOWN = 90;
/** A timer's limit is 2³¹ − 1 ms, beyond which it would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Epoch milliseconds of an `expiresAt`, or `null` when there is none or it is not a time. */
export function expiryOf(expiresAt: Date | number | string | null | undefined): number | null {
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

/**
 * Whole seconds until `at`, counted down near the end: `Infinity` while that is far or unknown, 0
 * from then on. Changes on time also after sleep, as the clock is read again when the page shows.
 */
export function useSecondsLeft(at: number | null): number {
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (at === null) return () => {};
      let timer: ReturnType<typeof setTimeout> | undefined;
      const next = () => {
        clearTimeout(timer);
        const left = at - Date.now();
        if (left <= 0) return;
        const untilCounting = left - COUNTED_DOWN * 1_000;
        const wait = untilCounting > 0 ? untilCounting : left % 1_000 || 1_000;
        timer = setTimeout(tick, Math.min(wait + 1, LONGEST_TIMER));
      };
      const tick = () => {
        onChange();
        next();
      };
      next();
      document.addEventListener('visibilitychange', tick);
      return () => {
        clearTimeout(timer);
        document.removeEventListener('visibilitychange', tick);
      };
    },
    [at],
  );
  return useSyncExternalStore(
    subscribe,
    () => secondsLeft(at),
    () => Infinity,
  );
}

/** See {@link useSecondsLeft}; for the moment of a click, when no render may have come in between. */
export function secondsLeft(at: number | null): number {
  if (at === null) return Infinity;
  const left = Math.ceil((at - Date.now()) / 1_000);
  return left > COUNTED_DOWN ? Infinity : Math.max(0, left);
}

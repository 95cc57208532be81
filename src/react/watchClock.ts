import { COUNTED_DOWN } from './expiry.ts';

/**
 * No timer waits for longer than this, in milliseconds: a computer that sleeps stops its timers, and
 * its clock may be set, of which no event tells. Looking at the clock costs nothing; React is only
 * bothered when `secondsLeft` has changed.
 */
const LONGEST_WAIT = 15_000;

/**
 * Calls back whenever `secondsLeft` of a time may have changed, also after sleep.
 * @returns the function that stops it.
 */
export function watchClock(at: number, onChange: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    clearTimeout(timer);
    const left = at - Date.now();
    const untilCounting = left - COUNTED_DOWN * 1_000;
    // Goes on when the time has come: a clock that is put back makes the token live again.
    const wait =
      left <= 0 ? LONGEST_WAIT : untilCounting > 0 ? untilCounting : left % 1_000 || 1_000;
    timer = setTimeout(tick, Math.min(wait + 1, LONGEST_WAIT));
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
}

/** Notices that nothing comes. */
export interface StallWatch {
  /** Only waiting for the network counts; a slow disk is no reason to give up a token. */
  readonly waiting: (waiting: boolean) => void;
  readonly stop: () => void;
}

const TICKS = 4;

/**
 * Calls `onStall` once nothing has come for `timeout` milliseconds. Counts ticks rather than
 * comparing clocks: a laptop that slept for an hour has not waited for an hour, and the download may
 * well go on.
 */
export function watchStall(timeout: number, onStall: () => void): StallWatch {
  let ticks = 0;
  let isWaiting = true;
  const interval = timeout / TICKS;
  // A timer's limit is 2³¹ − 1 ms, beyond which it would fire at once.
  const timer =
    interval > 0 && interval < 2 ** 31
      ? setInterval(() => {
          if (isWaiting && ++ticks === TICKS) onStall();
        }, interval)
      : undefined;
  return {
    waiting: (waiting) => {
      isWaiting = waiting;
      ticks = 0;
    },
    stop: () => clearInterval(timer),
  };
}

import type { Progress } from './progress.ts';

/** Before this much time, a speed says more about the first packets than about the line. */
const MEANINGFUL = 1_000;
/** Over this much time an old speed fades (to 1/e). */
const SMOOTHING = 3_000;

/** Turns byte counts into progress; one for each download. Times in milliseconds. */
export class ProgressMeter {
  readonly #startedAt: number;
  #at: number;
  #receivedBytes = 0;
  #bytesPerSecond: number | null = null;
  #totalBytes: number | null;

  constructor(totalBytes: number | null, now: number) {
    this.#totalBytes = totalBytes;
    this.#startedAt = this.#at = now;
  }

  /** Progress after `receivedBytes`; `complete` once the body has ended and been checked. */
  read(receivedBytes: number, now: number, complete = false): Progress {
    // More than announced: the length counted something else, encoded bytes for one.
    if (this.#totalBytes !== null && receivedBytes > this.#totalBytes) this.#totalBytes = null;
    const elapsed = now - this.#at;
    if (elapsed > 0) {
      const speed = ((receivedBytes - this.#receivedBytes) * 1_000) / elapsed;
      const weight = 1 - Math.exp(-elapsed / SMOOTHING);
      this.#bytesPerSecond =
        this.#bytesPerSecond === null
          ? speed
          : this.#bytesPerSecond + weight * (speed - this.#bytesPerSecond);
      this.#receivedBytes = receivedBytes;
      this.#at = now;
    }
    const totalBytes = this.#totalBytes;
    const meaningful = now - this.#startedAt >= MEANINGFUL && this.#bytesPerSecond !== null;
    const bytesPerSecond = meaningful && this.#bytesPerSecond ? this.#bytesPerSecond : null;
    return {
      receivedBytes,
      totalBytes,
      fraction: fractionOf(receivedBytes, totalBytes, complete),
      bytesPerSecond,
      secondsLeft:
        bytesPerSecond === null || totalBytes === null
          ? null
          : (totalBytes - receivedBytes) / bytesPerSecond,
    };
  }
}

function fractionOf(receivedBytes: number, totalBytes: number | null, complete: boolean) {
  if (totalBytes === null) return null;
  if (complete) return 1;
  // All bytes may be here while the body has not ended; 100 % is kept back until it has.
  return totalBytes === 0 ? 0 : Math.min(receivedBytes / totalBytes, 0.999);
}

/** How far a download is. */
export interface Progress {
  /** Bytes that have arrived, after any decoding. */
  readonly receivedBytes: number;
  /** Bytes in all; `null` when unknown. */
  readonly totalBytes: number | null;
  /** 0–1, never falling; 1 only when every byte is in. `null` when the size is unknown. */
  readonly fraction: number | null;
  /** Smoothed over some seconds; `null` until it means something. */
  readonly bytesPerSecond: number | null;
  /** Seconds left at that speed; `null` when the size or the speed is unknown. */
  readonly secondsLeft: number | null;
}

/** The progress of a download that has received nothing yet. */
export function noProgress(totalBytes: number | null): Progress {
  return {
    receivedBytes: 0,
    totalBytes,
    fraction: totalBytes === null ? null : 0,
    bytesPerSecond: null,
    secondsLeft: null,
  };
}

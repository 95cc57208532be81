/** Tells whether reading or writing failed: what a user can do about it differs. */
export class WriteFailure {
  readonly cause: unknown;
  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** Reports how far the bytes are, and when the network is what everybody waits for. */
export interface PumpObserver {
  /** Called with the running total after each chunk was taken. */
  readonly onBytes: (receivedBytes: number) => void;
  /** `true` while waiting for the network, `false` while the destination is the slower one. */
  readonly onWaiting: (waiting: boolean) => void;
}

/**
 * Moves every byte from the body into the writable and leaves it open, so that the count can be
 * checked before anything is kept. `pipeTo` would do, but for one thing: it does not tell which
 * side failed.
 * @returns the number of bytes moved.
 * @throws {WriteFailure} the destination failed; anything else is the body's own error.
 */
export async function pump(
  body: ReadableStream<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  { onBytes, onWaiting }: PumpObserver,
): Promise<number> {
  const reader = body.getReader();
  let received = 0;
  try {
    for (;;) {
      onWaiting(true);
      const { done, value } = await reader.read();
      onWaiting(false);
      if (done) return received;
      received += value.byteLength;
      onBytes(received);
      await writer.ready.catch(failWriting);
      // Not awaited, so that the network and the destination work side by side; a failure shows
      // in `ready` and in `close`.
      writer.write(value).catch(() => {});
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error;
  }
}

function failWriting(cause: unknown): never {
  throw new WriteFailure(cause);
}

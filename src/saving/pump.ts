import type { BufferPool } from './DownloadSink.ts';

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

/** The next bytes to write, or `undefined` at the body's end. */
type Read = () => Promise<Uint8Array | undefined>;

/** Waits for the network, and counts what it brings. */
type Receive = <Result extends ReadableStreamReadResult<Uint8Array>>(
  reading: Promise<Result>,
) => Promise<Result>;

/**
 * Moves every byte from the body into the writable and leaves it open, so that the count can be
 * checked before anything is kept. `pipeTo` would do, but for two things: it does not tell which
 * side failed, and every read would need a new buffer.
 * @returns the number of bytes moved.
 * @throws {WriteFailure} the destination failed; anything else is the body's own error.
 */
export async function pump(
  body: ReadableStream<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  buffers: BufferPool | undefined,
  { onBytes, onWaiting }: PumpObserver,
): Promise<number> {
  let received = 0;
  const receive: Receive = async (reading) => {
    onWaiting(true);
    const result = await reading;
    onWaiting(false);
    if (result.value?.byteLength) onBytes((received += result.value.byteLength));
    return result;
  };
  const byob = buffers && byobReader(body);
  const reader = byob ?? body.getReader();
  const read: Read =
    reader === byob && buffers
      ? () => fill(byob, buffers, receive)
      : async () =>
          (await receive((reader as ReadableStreamDefaultReader<Uint8Array>).read())).value;
  try {
    for (;;) {
      const bytes = await read();
      if (!bytes) return received;
      await writer.ready.catch(failWriting);
      // Not awaited, so that the network and the destination work side by side; a failure shows
      // in `ready` and in `close`.
      writer.write(bytes).catch(() => {});
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error;
  }
}

/** `null` where a body can't be read into buffers of ours, as in older engines and behind mocks. */
function byobReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}

/** Reads until a buffer is full, as few large writes cost much less than many small ones. */
async function fill(
  reader: ReadableStreamBYOBReader,
  buffers: BufferPool,
  receive: Receive,
): Promise<Uint8Array | undefined> {
  let buffer = await buffers.take().catch(failWriting);
  let filled = 0;
  while (filled < buffer.byteLength) {
    const { done, value } = await receive(reader.read(new Uint8Array(buffer, filled)));
    if (done) return filled > 0 && value ? new Uint8Array(value.buffer, 0, filled) : undefined;
    buffer = value.buffer;
    filled += value.byteLength;
  }
  return new Uint8Array(buffer);
}

function failWriting(cause: unknown): never {
  throw new WriteFailure(cause);
}

import { waitFor } from './waitFor.ts';

/** How often a throttled body sends, in milliseconds: often enough for progress to be seen. */
const PACE_INTERVAL = 50;

/** Bytes sent at a time at most, so that a body held in memory shows progress like any other. */
const MAX_PIECE_BYTES = 64 * 1024;

/** What {@link sendBody} needs to know. */
export interface SendBodyOptions {
  /** Opens the artifact's bytes, on the first read. `signal` aborts when nobody wants them any more. */
  open: (context: { signal: AbortSignal }) => ReadableStream<Uint8Array>;
  /** Bytes promised by `Content-Length`. */
  size: number;
  /** Throttles the body; `Infinity` does not. */
  bytesPerSecond: number;
  /** The request's: aborts when the client leaves. */
  signal?: AbortSignal | undefined;
  /** Called after each chunk is handed over, with the total so far. */
  onSent: (sentBytes: number) => void;
  /** Called exactly once, unless the body is never read to its end nor cancelled. */
  onEnd: (outcome: 'sent' | 'aborted') => void;
}

/**
 * The body of an answer, generated only as fast as it is read, and told apart by how it ends.
 *
 * It delivers exactly `size` bytes or fails: a longer source is cut, a shorter one errors the stream,
 * because a mocked body shorter than its `Content-Length` hangs for ever on Node.
 */
export function sendBody(options: SendBodyOptions): ReadableStream<Uint8Array> {
  const { open, size, bytesPerSecond, signal, onSent, onEnd } = options;
  const stop = new AbortController();
  const pacedBytes = Math.max(1, Math.round((bytesPerSecond * PACE_INTERVAL) / 1000));
  const pieceBytes = Math.min(MAX_PIECE_BYTES, pacedBytes);
  let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  let unsent: Uint8Array = new Uint8Array();
  let sentBytes = 0;
  let due = -Infinity;

  const end = (outcome: 'sent' | 'aborted', reason?: unknown): void => {
    if (stop.signal.aborted) return;
    stop.abort(reason);
    signal?.removeEventListener('abort', clientLeft);
    // The source may be waiting for its own reader; its complaints concern nobody any more.
    reader?.cancel(reason).catch(() => {});
    onEnd(outcome);
  };
  let streamController: ReadableStreamDefaultController<Uint8Array>;
  const clientLeft = (): void => {
    end('aborted', signal?.reason);
    streamController.error(signal?.reason);
  };

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        streamController = controller;
        if (signal?.aborted) return clientLeft();
        signal?.addEventListener('abort', clientLeft);
        if (size === 0) {
          controller.close();
          end('sent');
        }
      },

      async pull(controller) {
        try {
          reader ??= open({ signal: stop.signal }).getReader();
          while (unsent.length === 0) {
            const { done, value } = await reader.read();
            if (stop.signal.aborted) return;
            if (done) throw bodyTooShort(sentBytes, size);
            unsent = value;
          }
          const length = Math.min(pieceBytes, size - sentBytes);
          // A copy of a part: a reader may transfer, and so detach, the buffer it is given.
          const piece = unsent.length <= length ? unsent : unsent.slice(0, length);
          if (bytesPerSecond !== Infinity) {
            // A reader that paused is not owed the bytes it left lying, only the last interval's.
            due = Math.max(due, performance.now() - PACE_INTERVAL);
            due += (piece.length / bytesPerSecond) * 1000;
            await waitFor(due - performance.now(), stop.signal);
            if (stop.signal.aborted) return;
          }
          unsent = unsent.subarray(piece.length);
          sentBytes += piece.length;
          controller.enqueue(piece);
          onSent(sentBytes);
          if (sentBytes === size) {
            controller.close();
            end('sent');
          }
        } catch (error) {
          end('aborted', error);
          throw error;
        }
      },

      cancel(reason) {
        end('aborted', reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function bodyTooShort(sentBytes: number, size: number): Error {
  return new Error(
    `The artifact's body ended after ${sentBytes} of ${size} bytes. ` +
      'The answer had promised all of them in Content-Length. ' +
      'Issue it with the size its body really has.',
  );
}

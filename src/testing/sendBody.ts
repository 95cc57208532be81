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
  /** Where the body stops, before its end, and whether it then fails; `null`: nowhere. */
  stop: { bytes: number; how: 'break' | 'stall' } | null;
  /** Throttles the body by what it returns at each moment; `Infinity` does not. */
  bytesPerSecond: () => number;
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
 * because a mocked body shorter than its `Content-Length` hangs for ever on Node. `stop` alone ends it
 * earlier, by failing or by saying no more.
 */
export function sendBody(options: SendBodyOptions): ReadableStream<Uint8Array> {
  const { open, size, stop, bytesPerSecond, signal, onSent, onEnd } = options;
  const limit = stop?.bytes ?? size;
  const ended = new AbortController();
  let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  let unsent: Uint8Array = new Uint8Array();
  let sentBytes = 0;
  let due = -Infinity;

  const end = (outcome: 'sent' | 'aborted', reason?: unknown): void => {
    if (ended.signal.aborted) return;
    ended.abort(reason);
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

  /** Waits until some of `unsent` may go, by the rate of each moment, and returns how much. */
  const pace = async (): Promise<number> => {
    // A reader that paused is not owed the bytes it left lying, only the last interval's.
    const since = Math.max(due, performance.now() - PACE_INTERVAL);
    for (;;) {
      const rate = bytesPerSecond();
      const paced = Math.max(1, Math.round((rate * PACE_INTERVAL) / 1000));
      const length = Math.min(paced, MAX_PIECE_BYTES, unsent.length, limit - sentBytes);
      due = since + (length / rate) * 1000;
      const left = due - performance.now();
      if (left <= 0 || ended.signal.aborted) return length;
      // Never long, however slow: the rate may change meanwhile.
      await waitFor(Math.min(left, PACE_INTERVAL), ended.signal);
    }
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
          if (sentBytes === limit) {
            if (stop?.how === 'break') throw brokenOff(sentBytes, size);
            return await waitFor(Infinity, ended.signal);
          }
          reader ??= open({ signal: ended.signal }).getReader();
          while (unsent.length === 0) {
            const { done, value } = await reader.read();
            if (ended.signal.aborted) return;
            if (done) throw bodyTooShort(sentBytes, size);
            unsent = value;
          }
          const length = await pace();
          if (ended.signal.aborted) return;
          // A copy of a part: a reader may transfer, and so detach, the buffer it is given.
          const piece = unsent.length <= length ? unsent : unsent.slice(0, length);
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

function brokenOff(sentBytes: number, size: number): Error {
  return new Error(
    `The artifact's body broke off after ${sentBytes} of ${size} bytes. ` +
      'Its fault `breakAt` asked for this. Take the fault away for a whole one.',
  );
}

function bodyTooShort(sentBytes: number, size: number): Error {
  return new Error(
    `The artifact's body ended after ${sentBytes} of ${size} bytes. ` +
      'The answer had promised all of them in Content-Length. ' +
      'Issue it with the size its body really has.',
  );
}

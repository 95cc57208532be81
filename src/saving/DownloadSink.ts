/** What is known of a file before its first byte. */
export interface SinkFile {
  /** Safe on every file system. */
  readonly fileName: string;
  /** The media type, or `null` when the server sends none. */
  readonly contentType: string | null;
  /** Bytes, or `null` when unknown. */
  readonly size: number | null;
  /** Aborted when the user cancels, also while the destination is still being opened. */
  readonly signal: AbortSignal;
}

/**
 * How sure we are that the file is there. `saved`: the destination was closed without an error.
 * `handed-over`: the browser has it, and does not tell a page how that ended.
 */
export type Delivery = 'saved' | 'handed-over';

/** Bytes that are still held after the hand-over. */
export interface HeldBytes {
  /** Saves them once more, without a request. */
  readonly saveAgain: () => void | Promise<void>;
  /** Called once nobody can ask for them any more. Default: there is nothing to free. */
  readonly release?: (() => void) | undefined;
}

/** What a destination tells once every byte is in it. */
export interface Delivered extends Partial<HeldBytes> {
  readonly delivery: Delivery;
}

/**
 * Buffers that go round between the network and a destination, so that memory stays as it is
 * however long the file. What is written is then a view on one of them, which the destination may
 * transfer, and gives back here when it is through with it.
 */
export interface BufferPool {
  /**
   * The next free buffer; waits for one to come back.
   * @throws whatever the destination failed with, if that is why none will come.
   */
  take(): Promise<ArrayBuffer>;
}

/** An opened destination: bytes go into `writable`; closing it keeps them, aborting leaves nothing. */
export interface SinkDestination {
  readonly writable: WritableStream<Uint8Array>;
  /** Has the network read into these. Default: into buffers of the engine's own. */
  readonly buffers?: BufferPool | undefined;
  /**
   * Called once, after `writable` is closed, with the name to save under (a server that can't be
   * inspected tells it only with the bytes). Default: the destination has the file, it is `saved`.
   * @throws {HeldBytesError} when the hand-over failed and can be tried again without a request.
   */
  deliver?(fileName: string): Delivered | Promise<Delivered>;
}

/**
 * Where a download's bytes go. `open` is called inside the user's click and *before* the GET, so
 * that a destination that can't be had costs no token. A destination that is there at once should
 * be returned as it is, not as a promise: the GET then leaves in the same tick.
 *
 * Rejecting with an `AbortError` means that the user dismissed a dialog.
 */
export interface DownloadSink {
  open(file: SinkFile): SinkDestination | Promise<SinkDestination>;
}

/** The hand-over failed, but the bytes are all here and can be saved once more. */
export class HeldBytesError extends Error {
  override readonly name = 'HeldBytesError';
  readonly held: HeldBytes;
  constructor(held: HeldBytes | HeldBytes['saveAgain'], options?: ErrorOptions) {
    super('The bytes are held, but could not be handed over.', options);
    this.held = typeof held === 'function' ? { saveAgain: held } : held;
  }
}

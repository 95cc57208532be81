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

/** What a destination tells once every byte is in it. */
export interface Delivered {
  readonly delivery: Delivery;
  /** Saves the bytes it still holds once more, without a request. Absent: nothing is held. */
  readonly saveAgain?: () => void | Promise<void>;
}

/** An opened destination: bytes go into `writable`; closing it keeps them, aborting leaves nothing. */
export interface SinkDestination {
  readonly writable: WritableStream<Uint8Array>;
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

/** The hand-over failed, but the bytes are all here: `saveAgain` tries it once more. */
export class HeldBytesError extends Error {
  override readonly name = 'HeldBytesError';
  readonly saveAgain: () => void | Promise<void>;
  constructor(saveAgain: () => void | Promise<void>, options?: ErrorOptions) {
    super('The bytes are held, but could not be handed over.', options);
    this.saveAgain = saveAgain;
  }
}

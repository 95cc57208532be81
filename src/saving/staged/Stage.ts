import type { BufferPool } from '../DownloadSink.ts';

/** A file on the origin's own disk, while it is written. */
export interface Stage {
  /** Makes room for so many bytes. @throws when there is none. */
  reserve(size: number): Promise<void>;
  /** Gives way to the next chunk: at once, or when there is room for it. */
  write(chunk: Uint8Array): Promise<void> | void;
  /** Ends the file where the last byte is. */
  close(): Promise<void>;
  /** Lets go of the file, however far it is. */
  abort(): Promise<void>;
  readonly buffers?: BufferPool;
}

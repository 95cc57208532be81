import type { BufferPool } from '../DownloadSink.ts';
import type { Stage } from './Stage.ts';
import { StagingThread } from './StagingThread.ts';

/** In bytes. Smaller ones cost more messages than they save. */
const BUFFER_SIZE = 1 << 20;
/**
 * How much may be on its way to the disk, in bytes. With twice as much Chromium's writes take two to
 * three times as long, perhaps because they no longer fit the processor's cache.
 */
const ON_THE_WAY = 8 * BUFFER_SIZE;

let lastId = 0;

/**
 * Opens a file on the origin's disk in a worker, where writing is fastest: by a synchronous access
 * handle, into which buffers go that come back to be read into again.
 * @throws when there is no worker, or no such handle.
 */
export async function stageInWorker(path: readonly [folder: string, name: string]): Promise<Stage> {
  const thread = StagingThread.join();
  const id = ++lastId;
  try {
    await thread.askInTime({ kind: 'open', id, path });
  } catch (error) {
    thread.leave();
    throw error;
  }
  return new WorkerStage(thread, id);
}

class WorkerStage implements Stage {
  readonly #thread: StagingThread;
  readonly #id: number;
  readonly #pool = new RoundPool();
  #onTheWay = 0;
  #isOver = false;
  #failure: { readonly error: unknown } | null = null;
  #resume = () => {};

  constructor(thread: StagingThread, id: number) {
    this.#thread = thread;
    this.#id = id;
  }

  get buffers(): BufferPool {
    return this.#pool;
  }

  async reserve(size: number): Promise<void> {
    await this.#thread.ask({ kind: 'reserve', id: this.#id, size });
  }

  write(chunk: Uint8Array): Promise<void> | void {
    if (this.#failure) throw this.#failure.error;
    const { byteLength: length } = chunk;
    // Transferring takes the whole buffer from whoever else has a view on it.
    const isWhole = length === chunk.buffer.byteLength && chunk.buffer instanceof ArrayBuffer;
    const buffer = isWhole ? chunk.buffer : chunk.slice().buffer;
    this.#onTheWay += length;
    this.#thread.ask({ kind: 'write', id: this.#id, buffer, length }, [buffer]).then(
      (answer) => {
        this.#onTheWay -= length;
        if (answer.buffer) this.#pool.giveBack(answer.buffer);
        if (this.#onTheWay <= ON_THE_WAY) this.#resume();
      },
      (error: unknown) => {
        this.#failure ??= { error };
        this.#pool.fail(error);
        this.#resume();
      },
    );
    if (this.#onTheWay <= ON_THE_WAY) return;
    return new Promise<void>((resolve) => (this.#resume = resolve));
  }

  async close(): Promise<void> {
    // Behind all that is written; its failures are told first.
    await this.#end('close');
    if (this.#failure) throw this.#failure.error;
  }

  async abort(): Promise<void> {
    this.#pool.fail(new Error('The file is given up.'));
    await this.#end('abort');
  }

  async #end(kind: 'close' | 'abort'): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      await this.#thread.ask({ kind, id: this.#id });
    } finally {
      this.#thread.leave();
    }
  }
}

/** As many buffers as may be on their way, made when they are needed for the first time. */
class RoundPool implements BufferPool {
  readonly #free: ArrayBuffer[] = [];
  readonly #waiting: {
    readonly resolve: (buffer: ArrayBuffer) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  #made = 0;
  #failure: { readonly error: unknown } | null = null;

  take(): Promise<ArrayBuffer> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    const free = this.#free.pop();
    if (free) return Promise.resolve(free);
    if (this.#made < ON_THE_WAY / BUFFER_SIZE) {
      this.#made++;
      return Promise.resolve(new ArrayBuffer(BUFFER_SIZE));
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  giveBack(buffer: ArrayBuffer): void {
    // Others come from bodies that can't be read into ours.
    if (buffer.byteLength !== BUFFER_SIZE || this.#made === 0) return;
    const next = this.#waiting.shift();
    if (next) next.resolve(buffer);
    else this.#free.push(buffer);
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

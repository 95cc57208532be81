// Imports nothing, so that it also works where a bundler copies it as it is.
import type { Answer, Order } from './orders.ts';

/** TypeScript's DOM library leaves out what only workers have. */
interface SyncAccessHandle {
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  close(): void;
}

interface OpenFile {
  readonly handle: SyncAccessHandle;
  reserved: number;
  written: number;
}

/** In bytes. Chromium takes several times as long for larger ones, and Firefox longer for smaller. */
const PIECE = 1 << 20;

const files = new Map<number, OpenFile>();

async function carryOut(order: Order): Promise<void> {
  const { id } = order;
  const file = files.get(id);
  switch (order.kind) {
    case 'open': {
      const [folder, name] = order.path;
      const root = await navigator.storage.getDirectory();
      const entries = await root.getDirectoryHandle(folder, { create: true });
      const entry = (await entries.getFileHandle(name, { create: true })) as unknown as {
        createSyncAccessHandle(): Promise<SyncAccessHandle>;
      };
      files.set(id, { handle: await entry.createSyncAccessHandle(), reserved: 0, written: 0 });
      return;
    }
    case 'reserve':
      if (file) reserve(file, order.size);
      return;
    case 'write':
      if (file) write(file, order.buffer, order.length);
      return;
    case 'close':
    case 'abort':
      files.delete(id);
      if (!file) return;
      try {
        if (order.kind === 'close' && file.written !== file.reserved) {
          file.handle.truncate(file.written);
        }
      } finally {
        file.handle.close();
      }
  }
}

function reserve(file: OpenFile, size: number): void {
  file.handle.truncate(size);
  // In private windows Chromium does nothing then, and does not say so.
  if (file.handle.getSize() !== size) throw noRoom();
  file.reserved = size;
}

function noRoom(): DOMException {
  return new DOMException('There is no room left for the file.', 'QuotaExceededError');
}

function write(file: OpenFile, buffer: ArrayBuffer, length: number): void {
  for (let from = 0; from < length; from += PIECE) {
    const piece = new Uint8Array(buffer, from, Math.min(PIECE, length - from));
    const taken = file.handle.write(piece, { at: file.written });
    // When there is no room Firefox takes less and does not say why; in private windows Chromium
    // gives its error's number as a count.
    if (taken !== piece.byteLength) throw noRoom();
    file.written += taken;
  }
}

// One after the other, so that answers come in the order of what was asked.
let last = Promise.resolve();
addEventListener('message', ({ data }: MessageEvent<Order>) => {
  last = last
    .then(() => carryOut(data))
    .then(
      () => answer(data),
      (error: unknown) => answer(data, error),
    );
});

function answer(order: Order, error?: unknown): void {
  const { name = 'Error', message = '' } = (error ?? {}) as Partial<Error>;
  const said: Answer = {
    id: order.id,
    ...(order.kind === 'write' && { buffer: order.buffer }),
    ...(error !== undefined && { failure: { name, message } }),
  };
  const transfer = said.buffer ? [said.buffer] : [];
  (self as unknown as Worker).postMessage(said, transfer);
}

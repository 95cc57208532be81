import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Files that are kept in memory, where a system has such a place. */
const IN_MEMORY = '/dev/shm';
const PIECE = Buffer.alloc(2 ** 20, 1);

/**
 * Has so many bytes of memory touched. Some virtual machines give memory that lies free back to
 * their host after ten seconds or so, and to get it again takes longer than to write to the disk
 * (3 s a GiB, seen under Firecracker). Whoever needs more of it would pay for the machine.
 *
 * @returns the function that frees it, for others to use.
 */
export async function backMemory(bytes: number): Promise<() => Promise<void>> {
  if (bytes === 0) return async () => {};
  const folder = await mkdtemp(join(IN_MEMORY, 'large-bench-')).catch(() => null);
  if (folder === null) return async () => {};
  const count = Math.floor(Math.min(bytes, freemem() / 2) / PIECE.length);
  const pieces = (function* () {
    for (let made = 0; made < count; made++) yield PIECE;
  })();
  // Where there is less room than that, as much as there is.
  await pipeline(Readable.from(pieces), createWriteStream(join(folder, 'touched'))).catch(() => {});
  return () => rm(folder, { recursive: true, force: true });
}

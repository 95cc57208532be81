import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../e2e/downloadsFolder.ts';
import { eventually } from '../e2e/eventually.ts';

/** Milliseconds until a large file lies in its folder, on a slow machine. */
const PATIENCE = 30_000;

/** What Firefox, Chromium and WebKit call a file until it is whole. */
const HALF_WRITTEN = /\.(part|crdownload|wkdownload)$/;

/** What an engine has saved. */
export interface SavedFiles {
  /**
   * Waits until the folder holds these files and no others, by their names and sizes: each engine
   * writes a half-written one under a name of its own, and may hold the place of the last one.
   */
  become(sizes: Readonly<Record<string, number>>): Promise<void>;
  /** Waits until the folder holds one file, of this size, and gives its name. */
  nameOfOnly(size: number): Promise<string>;
  sha256(name: string): Promise<string>;
  empty(): Promise<void>;
}

export function savedFilesIn(folder: string): SavedFiles {
  const sizes = async (): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const name of await readdir(folder)) {
      // Renamed since it was listed.
      const file = await stat(join(folder, name)).catch(() => null);
      if (file) found[name] = file.size;
    }
    return found;
  };
  return {
    become: (expected) => eventually(sizes, PATIENCE).toEqual(expected),
    async nameOfOnly(size) {
      let name = '';
      const found = async () => {
        const entries = Object.entries(await sizes());
        name = entries[0]?.[0] ?? '';
        return entries.length === 1 && entries[0]?.[1] === size && !HALF_WRITTEN.test(name);
      };
      await eventually(found, PATIENCE).toBe(true);
      return name;
    },
    sha256: (name) => sha256(createReadStream(join(folder, name))),
    async empty() {
      for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
    },
  };
}

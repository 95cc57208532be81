import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Flags, Line, WayName } from '../../flags.ts';
import type { Engine } from '../engines/engine.ts';
import type { FileServer } from '../server/startServer.ts';
import { measureDownload, type DownloadResult } from './download.ts';

const run = promisify(execFile);
/** A way that has saved nothing twice is not waited for a third time. */
const ENOUGH_FAILURES = 2;
/** Bytes a second of the slowest native download that is waited for. */
const SLOWEST = 20 * 2 ** 20;

/** All rounds of one way on one line in one browser. */
export interface Series {
  readonly engine: Engine['name'];
  readonly browser: string;
  readonly line: Line;
  readonly way: WayName;
  readonly results: DownloadResult[];
}

/** What to measure, and with what. */
export interface RoundsOptions {
  readonly engine: Engine;
  /** The browser's name and version. */
  readonly title: string;
  readonly server: FileServer;
  readonly flags: Flags;
}

/** Takes the ways in turns, round after round, so that a drift of the machine hits all alike. */
export async function measureRounds(options: RoundsOptions): Promise<Series[]> {
  const { engine, title, server, flags } = options;
  // The first start of a browser reads it from the disk.
  await measureDownload(
    { engine, server, way: 'native', size: 2 ** 26, bytesPerSecond: null },
    { timeout: 60_000, backsMemory: false },
  );
  const all: Series[] = [];
  for (const line of flags.lines) {
    const { bytesPerSecond } = line;
    const ofLine = flags.ways.map((way): Series => ({
      engine: engine.name,
      browser: title,
      line,
      way,
      results: [],
    }));
    all.push(...ofLine);
    for (let round = 1; round <= flags.rounds; round++) {
      let patience = (flags.size / SLOWEST) * 1000;
      for (const { way, results } of ofLine) {
        if (results.filter(({ time }) => time === null).length >= ENOUGH_FAILURES) continue;
        await writeBack();
        const result = await measureDownload(
          { engine, server, way, size: flags.size, bytesPerSecond },
          { timeout: patience, backsMemory: flags.backMemory },
        );
        results.push(result);
        if (way === 'native' && result.time !== null) patience = result.time * 10 + 60_000;
        console.warn(
          `${engine.name}, ${line.name}, round ${round}, ${way}: ` +
            (result.time === null
              ? `no file (${result.failure})`
              : `${(result.time / 1000).toFixed(2)} s, +${((result.growth ?? 0) / 2 ** 20).toFixed(0)} MiB`),
        );
      }
    }
  }
  return all;
}

/** What an earlier download left to write must not count against the next one. */
async function writeBack(): Promise<void> {
  await run('sync').catch(() => {});
}

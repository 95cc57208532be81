import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Flags } from '../flags.ts';
import { buildPage } from './buildPage.ts';
import { chromium } from './engines/chromium.ts';
import type { Engine } from './engines/engine.ts';
import { firefox } from './engines/firefox.ts';
import { machineInWords } from './machine.ts';
import { measureCancel, type CancelResult } from './measure/cancel.ts';
import { measureRounds, type Series } from './measure/rounds.ts';
import { reportCancels } from './reportCancels.ts';
import { startServer } from './server/startServer.ts';
import { failureNotes, markdownTable, plainTable } from './tables.ts';
import { reportDownloads } from './verdicts.ts';

const CANCELS = 5;
const ENGINES: Engine[] = [chromium, firefox];

/** P4, P5 and S9: large files, against the browser's own download in the same run. */
export async function reportLargeFiles(flags: Flags): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'large-bench-page-'));
  try {
    await buildPage(folder);
    const server = await startServer(folder);
    try {
      const machine = await machineInWords();
      const all: Series[] = [];
      const cancels = new Map<string, CancelResult[]>();
      for (const engine of ENGINES.filter(({ name }) => flags.engines.includes(name))) {
        const title = await engine.version();
        if (title === null) {
          console.log(`${engine.name} is not installed, and is left out.`);
          continue;
        }
        all.push(...(await measureRounds({ engine, title, server, flags })));
        if (!flags.ways.includes('ours')) continue;
        const ofEngine: CancelResult[] = [];
        while (ofEngine.length < CANCELS) {
          const options = { engine, server, way: 'ours', size: flags.size, bytesPerSecond: null };
          ofEngine.push(await measureCancel(options));
        }
        cancels.set(title, ofEngine);
      }
      const heading =
        `${flags.size / 2 ** 30} GiB from this machine's own server, ` +
        `median of ${flags.rounds} interleaved rounds`;
      console.log(
        `P4  P5  ${heading}\n${machine}, ${[...new Set(all.map(({ browser }) => browser))].join(', ')}\n`,
      );
      console.log(plainTable(all));
      console.log(failureNotes(all));
      console.log(markdownTable(all));
      reportDownloads(all, flags.size);
      for (const [browser, results] of cancels) reportCancels(browser, results);
    } finally {
      server.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

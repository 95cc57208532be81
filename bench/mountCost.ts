import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { createArtifactService } from '../src/testing/index.ts';
import { artifactRequestListener } from '../src/testing/node/artifactRequestListener.ts';
import { launchBrowser } from '../test/browser/findBrowser.ts';
import type { MountResult } from './mount/main.tsx';

const BUTTONS = 1_000;
const ROUNDS = 7;
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Both lists' medians, taken in turns within one page. */
export interface MountCost {
  buttons: number;
  rounds: number;
  bare: MountResult;
  ours: MountResult;
}

/** Mounts a thousand bare `useQuery` + `<button>` and a thousand of ours against a real server. */
export async function mountCost(): Promise<MountCost> {
  const folder = await mkdtemp(join(tmpdir(), 'mount-bench-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'mount'),
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
  const service = createArtifactService();
  const artifacts = artifactRequestListener({ service });
  const server = createServer((request, response) => {
    if (artifacts(request, response)) return;
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
    createReadStream(join(folder, path))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const run = (kind: 'bare' | 'ours') => {
      const tokens = Array.from({ length: BUTTONS }, (_, i) =>
        service.issue({
          fileName: `drawing ${i}.pdf`,
          contentType: 'application/pdf',
          size: 1_000 + i,
        }),
      );
      return page.evaluate(([which, all]) => window.mount(which, all), [kind, tokens] as const);
    };
    const bare: MountResult[] = [];
    const ours: MountResult[] = [];
    // The first round warms the engine up and is not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      bare[round] = await run('bare');
      ours[round] = await run('ours');
    }
    return {
      buttons: BUTTONS,
      rounds: ROUNDS,
      bare: median(bare.slice(1)),
      ours: median(ours.slice(1)),
    };
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
}

function median(results: MountResult[]): MountResult {
  const middle = (values: number[]) =>
    values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return {
    mount: middle(results.map(({ mount }) => mount)),
    commits: middle(results.map(({ commits }) => commits)),
  };
}

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { bundleSize } from './bundleSize.ts';
import { mountCost } from './mountCost.ts';

const INDEX = new URL('../src/index.ts', import.meta.url).pathname;
const STYLES = new URL('../src/styles/download-button.css', import.meta.url).pathname;

/** Prints one measured line against what is promised. */
function report(what: string, measured: number, limit: number, unit: string): void {
  const verdict = measured <= limit ? 'within' : 'OVER';
  const digits = unit === 'B' ? 0 : 2;
  console.log(
    `${what.padEnd(58)} ${measured.toFixed(digits).padStart(8)} ${unit}  ${verdict} ${limit} ${unit}`,
  );
}

async function styleSheetSize(): Promise<number> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, rolldownOptions: { input: STYLES } },
  });
  const files = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
  const css = files.find((file) => file.fileName.endsWith('.css'));
  const source = css?.type === 'asset' ? css.source : await readFile(STYLES);
  return gzipSync(source, { level: 9 }).length;
}

console.log('P1  Size: minified, gzipped, without the peers (react, @tanstack/react-query)\n');
const hook = await bundleSize(`export { useArtifactDownload } from ${JSON.stringify(INDEX)}`);
const button = await bundleSize(`export { DownloadButton } from ${JSON.stringify(INDEX)}`);
const styles = await styleSheetSize();
report('useArtifactDownload, first load', hook.firstLoad, 5_000, 'B');
report('DownloadButton with its style sheet, first load', button.firstLoad + styles, 8_000, 'B');
console.log(`${'  of which the style sheet'.padEnd(58)} ${String(styles).padStart(8)} B`);
console.log(
  `${'  loaded on demand, while HEAD is under way'.padEnd(58)} ${String(button.onDemand).padStart(8)} B`,
);

const { buttons, rounds, bare, ours } = await mountCost();
console.log(`\nP3  ${buttons} buttons, median of ${rounds} rounds, Chromium, production build\n`);
report('mount, as a ratio to bare useQuery + <button>', ours.mount / bare.mount, 2, '×');
report('commits a button, from mount to ready', ours.commits, 2, ' ');
console.log(
  `\n(${bare.mount.toFixed(0)} ms bare, ${ours.mount.toFixed(0)} ms ours; bare commits: ${bare.commits})`,
);

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { bundleSize } from './bundleSize.ts';
import { atMost, note } from './verdict.ts';

const INDEX = new URL('../src/index.ts', import.meta.url).pathname;
const STYLES = new URL('../src/styles/download-button.css', import.meta.url).pathname;

/** P1: what an app ships. */
export async function reportSizes(): Promise<void> {
  console.log('P1  Size: minified, gzipped, without the peers (react, @tanstack/react-query)\n');
  const hook = await bundleSize(`export { useArtifactDownload } from ${JSON.stringify(INDEX)}`);
  const button = await bundleSize(`export { DownloadButton } from ${JSON.stringify(INDEX)}`);
  const styles = await styleSheetSize();
  atMost('useArtifactDownload, first load', hook.firstLoad, 5_000, 'B');
  atMost('DownloadButton with its style sheet, first load', button.firstLoad + styles, 8_000, 'B');
  note('  of which the style sheet', `${String(styles).padStart(8)} B`);
  note('  loaded on demand, while HEAD is under way', `${String(button.onDemand).padStart(8)} B`);
  note('  loaded for large files and rarer sinks only', `${String(button.rarely).padStart(8)} B`);
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

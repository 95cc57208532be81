import { gzipSync } from 'node:zlib';
import { rolldown, type OutputChunk } from 'rolldown';

const ENTRY = '\0entry';

/** Bytes that an app ships for an import, minified and gzipped, without the package's peers. */
export interface BundleSize {
  /** What has to be there before the first render. */
  firstLoad: number;
  /** What is loaded on demand, in all. */
  onDemand: number;
}

/** Bundles `code` as an app's production build would. */
export async function bundleSize(code: string): Promise<BundleSize> {
  const bundle = await rolldown({
    input: { entry: ENTRY },
    external: /^(react|react-dom|@tanstack\/react-query)(\/|$)/,
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  const chunks = new Map(
    output.filter((file) => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const first = new Set<OutputChunk>();
  const take = (chunk: OutputChunk | undefined) => {
    if (!chunk || first.has(chunk)) return;
    first.add(chunk);
    for (const name of chunk.imports) take(chunks.get(name));
  };
  take([...chunks.values()].find((chunk) => chunk.isEntry));
  const size = (some: Iterable<OutputChunk>) =>
    [...some].reduce((sum, { code: js }) => sum + gzipSync(js, { level: 9 }).length, 0);
  const firstLoad = size(first);
  return { firstLoad, onDemand: size(chunks.values()) - firstLoad };
}

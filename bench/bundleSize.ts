import { gzipSync } from 'node:zlib';
import { rolldown, type OutputChunk } from 'rolldown';

const ENTRY = '\0entry';

/** Bytes that an app ships for an import, minified and gzipped, without the package's peers. */
export interface BundleSize {
  /** What has to be there before the first render. */
  firstLoad: number;
  /** What the first load asks for next: here, while HEAD is under way. */
  onDemand: number;
  /** What only some downloads need: large ones, and other sinks. Without the worker. */
  rarely: number;
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
  /** Adds a chunk, and all that has to come with it. */
  const take = (into: Set<OutputChunk>, chunk: OutputChunk | undefined) => {
    if (!chunk || into.has(chunk)) return;
    into.add(chunk);
    for (const name of chunk.imports) take(into, chunks.get(name));
  };
  const first = new Set<OutputChunk>();
  take(
    first,
    [...chunks.values()].find((chunk) => chunk.isEntry),
  );
  const next = new Set(first);
  for (const chunk of first) {
    for (const name of chunk.dynamicImports) take(next, chunks.get(name));
  }
  const size = (some: Iterable<OutputChunk>) =>
    [...some].reduce((sum, { code: js }) => sum + gzipSync(js, { level: 9 }).length, 0);
  const firstLoad = size(first);
  const onDemand = size(next) - firstLoad;
  return { firstLoad, onDemand, rarely: size(chunks.values()) - onDemand - firstLoad };
}

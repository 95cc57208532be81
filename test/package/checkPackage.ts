/**
 * What a newcomer does with the package: packs it, lints the tarball, installs it in an empty Vite
 * app, and downloads a file through the built page. Prints what it checked.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { allArtifactBytes, createArtifactService } from '../../src/testing/index.ts';
import { artifactRequestListener } from '../../src/testing/node/artifactRequestListener.ts';
import { launchBrowser } from '../browser/findBrowser.ts';
import { checkRecipes } from './checkRecipes.ts';
import { serveFolder } from './serveFolder.ts';

const exec = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

const { devDependencies: pinned } = JSON.parse(
  await readFile(join(ROOT, 'package.json'), 'utf8'),
) as {
  devDependencies: Record<string, string>;
};
const folder = await mkdtemp(join(tmpdir(), 'package-check-'));
const app = join(folder, 'app');
let passed = 0;
let failed = 0;

async function check(what: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
    passed++;
    console.log(`ok      ${what}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${what}`);
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    console.log(stdout || stderr || error);
  }
}

const inApp = (command: string, ...args: string[]) => exec(command, args, { cwd: app });
const inRoot = (command: string, ...args: string[]) => exec(command, args, { cwd: ROOT });
let tarball = '';

await check(
  'npm pack holds dist, styles, README, LICENSE and CHANGELOG, and nothing of ours',
  async () => {
    const { stdout } = await inRoot('npm', 'pack', '--json', '--pack-destination', folder);
    const packed = Object.values(JSON.parse(stdout) as object)[0] as {
      filename: string;
      files: { path: string }[];
    };
    tarball = join(folder, packed.filename);
    const paths = packed.files.map(({ path }) => path);
    for (const wanted of [
      'dist/index.js',
      'dist/index.d.ts',
      'dist/testing/index.js',
      'dist/styles.css',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
    ]) {
      if (!paths.includes(wanted)) throw new Error(`${wanted} is missing`);
    }
    const strays = paths.filter(
      (path) => !/^(dist\/|README\.md|LICENSE|CHANGELOG\.md|package\.json)/.test(path),
    );
    if (strays.length > 0) throw new Error(`strays: ${strays.join(', ')}`);
  },
);
await check('it installs without scripts of its own', async () => {
  const { scripts = {} } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    scripts?: object;
  };
  const run = Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name));
  if (run.length > 0) throw new Error(run.join());
});
await check('publint finds nothing', () => inRoot('npx', 'publint', '--strict', tarball));
await check('attw finds nothing', () =>
  inRoot('npx', 'attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'styles.css'),
);
await check('"use client" is kept', async () => {
  for (const file of [
    'dist/index.js',
    'dist/react/DownloadButton.js',
    'dist/react/useArtifactDownload.js',
  ]) {
    const source = await readFile(join(ROOT, file), 'utf8');
    if (!source.startsWith('"use client"')) throw new Error(`${file} has lost it`);
  }
});

/** An empty app, as `npm create vite` leaves it, with the README's example in it. */
async function writeApp(): Promise<void> {
  const versions = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, pinned[name]]));
  const files = {
    'package.json': JSON.stringify({
      name: 'app',
      private: true,
      type: 'module',
      dependencies: {
        ...versions('react', 'react-dom', '@tanstack/react-query'),
        'react-artifact-download': `file:${tarball}`,
      },
      devDependencies: versions(
        'vite',
        '@vitejs/plugin-react',
        'typescript',
        '@types/react',
        '@types/react-dom',
      ),
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        jsx: 'react-jsx',
        module: 'ESNext',
        moduleResolution: 'bundler',
        target: 'ES2022',
        lib: ['ES2023', 'DOM'],
        types: [],
        skipLibCheck: false,
      },
      include: ['src'],
    }),
    'vite.config.js': `import react from '@vitejs/plugin-react';\nexport default { plugins: [react()] };\n`,
    'index.html':
      '<!doctype html><div id="root"></div><script type="module" src="/src/main.tsx"></script>\n',
    'src/main.tsx': `import { createRoot } from 'react-dom/client';
import { DownloadButton } from 'react-artifact-download';
import 'react-artifact-download/styles.css';

createRoot(document.getElementById('root')!).render(
  <DownloadButton token={new URLSearchParams(location.search).get('token')} />,
);
`,
  };
  await mkdir(join(app, 'src'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(app, name), text);
}

await writeApp();
await check('the tarball installs in an empty Vite app', () =>
  inApp('npm', 'install', '--no-audit', '--no-fund'),
);
await check('its types hold there, without skipLibCheck', () => inApp('npx', 'tsc'));
await check('the app builds', () => inApp('npx', 'vite', 'build', '--logLevel', 'warn'));
await check(
  'a click in the built page saves the identical file, with one HEAD and one GET',
  clickInBuiltPage,
);
await checkRecipes({ check, app, folder: join(folder, 'recipes') });

async function clickInBuiltPage(): Promise<void> {
  const service = createArtifactService();
  const artifacts = artifactRequestListener({ service });
  const { origin, close } = await serveFolder(join(app, 'dist'), artifacts);
  const browser = await launchBrowser();
  try {
    const token = service.issue({
      fileName: 'plan.pdf',
      contentType: 'application/pdf',
      size: 3_000_000,
    });
    const page = await browser.newPage();
    await page.goto(`${origin}/?token=${token}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Download plan\.pdf PDF · 3 MB$/ }).click(),
    ]);
    const saved = createHash('sha256')
      .update(await readFile(await download.path()))
      .digest('hex');
    const source = createHash('sha256')
      .update(allArtifactBytes(3_000_000, 'plan.pdf'))
      .digest('hex');
    if (saved !== source) throw new Error('the file differs');
    if (download.suggestedFilename() !== 'plan.pdf') throw new Error(download.suggestedFilename());
    const log = service
      .requests(token)
      .map(({ method, status }) => `${method} ${status}`)
      .join();
    if (log !== 'HEAD 200,GET 200') throw new Error(log);
  } finally {
    await browser.close();
    close();
  }
}

await rm(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

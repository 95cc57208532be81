/** The README's recipes for testing, run as they stand there, against the packed package. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { launchBrowser } from '../browser/findBrowser.ts';
import { serveFolder } from './serveFolder.ts';

const exec = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

/** What a Vite app with a Storybook has before it meets the recipes. */
const APP = [
  'react',
  'react-dom',
  '@tanstack/react-query',
  '@types/react',
  '@types/react-dom',
  'vite',
  '@vitejs/plugin-react',
  'typescript',
  'storybook',
  '@storybook/react-vite',
];
const FILES = {
  'package.json': JSON.stringify({ name: 'recipes', private: true, type: 'module' }),
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
      // Vitest's and Storybook's own types are not ours to check.
      skipLibCheck: true,
    },
    include: ['src', '.storybook'],
  }),
  '.storybook/main.ts': `import { defineMain } from '@storybook/react-vite/node';

export default defineMain({
  framework: '@storybook/react-vite',
  stories: ['../src/**/*.stories.tsx'],
  core: { disableTelemetry: true },
});
`,
};

interface Recipes {
  readonly check: (what: string, run: () => Promise<unknown>) => Promise<void>;
  /** An app that has the tarball installed. */
  readonly app: string;
  /** Where to cook. */
  readonly folder: string;
}

/** Writes the README's files, with nothing at hand but the packages it names, and runs them. */
export async function checkRecipes({ check, app, folder }: Recipes): Promise<void> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const run = (command: string, ...args: string[]) => exec(command, args, { cwd: folder });

  await write(folder, { ...FILES, ...filesIn(readme) });
  await linkPackages(folder, app, [...APP, ...packagesIn(readme)]);
  await check('the README’s code has the right types', () => run('npx', 'tsc'));
  await check('the README’s test passes', () => run('npx', 'vitest', 'run'));
  await check('the README’s test fails when its component loses the token', async () => {
    const { 'src/Drawing.tsx': component = '' } = filesIn(readme);
    await write(folder, { 'src/Drawing.tsx': component.replace('token={token}', 'token={null}') });
    const passes = await run('npx', 'vitest', 'run').then(
      () => true,
      () => false,
    );
    await write(folder, { 'src/Drawing.tsx': component });
    if (passes) throw new Error('It passes nevertheless.');
  });
  await check('the README’s story downloads over its mock, in a built Storybook', async () => {
    await run('npx', 'msw', 'init', 'public', '--save');
    await run('npx', 'storybook', 'build', '--quiet', '-o', 'built');
    await clickInStory(join(folder, 'built'));
  });
}

/** The README’s code blocks that name their file in a comment, by that name. */
function filesIn(readme: string): Record<string, string> {
  const blocks = readme.matchAll(/^```tsx?\n(\/\/ (\S+\.tsx?)\n.*?)^```/gms);
  return Object.fromEntries([...blocks].map(([, code = '', name = '']) => [name, code]));
}

/** The packages that the README says to install for development. */
function packagesIn(readme: string): string[] {
  const lines = readme.matchAll(/^npm install --save-dev (.+)$/gm);
  return [...lines].flatMap(([, names = '']) => names.split(' '));
}

async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** Our own copies of the packages, since installing two hundred once more takes half a minute. */
async function linkPackages(folder: string, app: string, names: string[]): Promise<void> {
  const from = join(ROOT, 'node_modules');
  const to = join(folder, 'node_modules');
  for (const name of new Set([...names, '.bin', 'content-disposition'])) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await symlink(join(from, name), join(to, name));
  }
  // The one package that must be the packed one; a copy, so that it finds the React of these links.
  const own = 'node_modules/react-artifact-download';
  await cp(join(app, own), join(folder, own), { recursive: true });
}

async function clickInStory(built: string): Promise<void> {
  const { origin, close } = await serveFolder(built);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${origin}/iframe.html?id=drawing--slow&viewMode=story`);
    await page.getByRole('button', { name: /^Download site\.dwg DWG · 2 MB$/ }).click();
    await page.getByText(/^[1-9]\d*%/).waitFor();
  } finally {
    await browser.close();
    close();
  }
}

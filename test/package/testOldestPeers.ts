/**
 * Runs the component tests under the oldest peers that package.json allows, in a copy of the
 * project, since one folder can hold only one React.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OLDEST = ['react@18.2.0', 'react-dom@18.2.0', '@tanstack/react-query@5.59.0'];
const ROOT = join(import.meta.dirname, '../..');

const folder = mkdtempSync(join(tmpdir(), 'oldest-peers-'));
try {
  for (const name of [
    'package.json',
    'vite.config.ts',
    'tsconfig.json',
    'README.md',
    'src',
    'test',
  ]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  // Hard to beat for speed: the packages are the project's own, but for those that are replaced.
  cpSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  symlinkSync(join(ROOT, '.storybook'), join(folder, '.storybook'));
  symlinkSync(join(ROOT, 'stories'), join(folder, 'stories'));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: folder, stdio: 'inherit' });
  run('npm', 'install', '--no-save', '--legacy-peer-deps', '--ignore-scripts', ...OLDEST);
  run('npx', 'vitest', 'run', '--project', 'react');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

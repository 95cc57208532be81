import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

export const run = promisify(execFile);

/** For programs that install others: a network that hangs must not hang the tests. */
export const INSTALL_OPTIONS = { timeout: 5 * 60_000, maxBuffer: 2 ** 26 };

const VERSION_TIMEOUT = 30_000;

/** Whether a program is there. Some systems have a stub that only tells how to install one. */
export async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  // Elsewhere there are no stubs, and on Windows this would open a window.
  if (process.platform !== 'linux') return true;
  try {
    await run(path, ['--version'], { timeout: VERSION_TIMEOUT });
    return true;
  } catch {
    return false;
  }
}

/** The first of these programs that is there. */
export async function firstThatStarts(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await starts(path)) return path;
  return null;
}

/** Whether {@link installDebianPackages} may be tried. */
export function canInstallDebianPackages(): boolean {
  return isRoot() && existsSync('/usr/bin/apt-get');
}

export async function installDebianPackages(...packages: readonly string[]): Promise<void> {
  const options = {
    ...INSTALL_OPTIONS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '-y', ...packages], options);
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** What a program that failed said last. */
export function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}

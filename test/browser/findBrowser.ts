import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type LaunchOptions } from 'playwright';

const run = promisify(execFile);

/** Milliseconds that a package manager gets; a network that hangs must not hang the tests. */
const INSTALL_TIMEOUT = 5 * 60_000;
const VERSION_TIMEOUT = 30_000;

/**
 * Starts a headless Chromium-family browser: an installed one where there is one, see
 * {@link findBrowser}. `args` are added to ours.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath = await findBrowser(), args = [] } = options;
  return chromium.launch({ ...options, executablePath, args: [...browserArgs(), ...args] });
}

/** Keeps the browser from talking to anybody but us, and lets root start it. */
export function browserArgs(): string[] {
  return [
    ...(isRoot() ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

/**
 * The path of a browser that starts: `CHROMIUM_PATH`, else Playwright's own, else the system's, else
 * one that is installed now.
 *
 * @throws Error which says what was tried when there is none and none could be installed.
 */
export async function findBrowser(): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (await starts(chosen)) return chosen;
    throw new Error(
      `No browser to test with: CHROMIUM_PATH is ${chosen}, which does not start. ` +
        'Set it to the path of a Chrome, Chromium or Edge, or unset it to have one looked for.',
    );
  }
  return (await firstThatStarts()) ?? (await install());
}

async function firstThatStarts(): Promise<string | null> {
  for (const path of [chromium.executablePath(), ...systemPaths()]) {
    if (await starts(path)) return path;
  }
  return null;
}

async function install(): Promise<string> {
  const failures: string[] = [];
  for (const { title, attempt } of installers()) {
    try {
      await attempt();
      const path = await firstThatStarts();
      if (path !== null) return path;
      failures.push(`${title} ended well, but left no browser that starts`);
    } catch (error) {
      failures.push(`${title} failed: ${lastLine(error)}`);
    }
  }
  throw new Error(
    'No browser to test with: none is installed where one is looked for, and ' +
      `${failures.join('; ')}. ` +
      'Install Chrome, Chromium or Edge, or set CHROMIUM_PATH to the path of one.',
  );
}

interface Installer {
  readonly title: string;
  readonly attempt: () => Promise<unknown>;
}

function installers(): Installer[] {
  const options = { timeout: INSTALL_TIMEOUT, maxBuffer: 2 ** 26 };
  const playwright = {
    title: '`npx playwright install chromium`',
    // On Windows npx is a script, which only a shell can start.
    attempt: () =>
      run('npx', ['playwright', 'install', 'chromium'], {
        ...options,
        shell: process.platform === 'win32',
      }),
  };
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return [playwright];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const debian = {
    title: '`apt-get install -y chromium`',
    attempt: async () => {
      await run('apt-get', ['update'], { ...options, env });
      await run('apt-get', ['install', '-y', 'chromium'], { ...options, env });
    },
  };
  return [playwright, debian];
}

/** Whether a browser is there. Some systems have a stub that only tells how to install one. */
async function starts(path: string): Promise<boolean> {
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

function systemPaths(): string[] {
  if (process.platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (process.platform === 'win32') {
    const programs = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => process.env[name])
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => programs.map((program) => join(folder, program)));
  }
  return [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/microsoft-edge-stable',
    '/usr/bin/microsoft-edge',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
  ];
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}

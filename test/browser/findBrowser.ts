import { homedir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright';
import {
  canInstallDebianPackages,
  firstThatStarts,
  INSTALL_OPTIONS,
  installDebianPackages,
  isRoot,
  lastLine,
  run,
  starts,
} from './programs.ts';

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
  return (await firstThatStarts(knownPaths())) ?? (await install());
}

const knownPaths = (): string[] => [chromium.executablePath(), ...systemPaths()];

async function install(): Promise<string> {
  const failures: string[] = [];
  for (const { title, attempt } of installers()) {
    try {
      await attempt();
      const path = await firstThatStarts(knownPaths());
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
  const playwright = {
    title: '`npx playwright install chromium`',
    // On Windows npx is a script, which only a shell can start.
    attempt: () =>
      run('npx', ['playwright', 'install', 'chromium'], {
        ...INSTALL_OPTIONS,
        shell: process.platform === 'win32',
      }),
  };
  if (!canInstallDebianPackages()) return [playwright];
  const debian = {
    title: '`apt-get install -y chromium`',
    attempt: () => installDebianPackages('chromium'),
  };
  return [playwright, debian];
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

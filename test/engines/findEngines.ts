import { existsSync } from 'node:fs';
import { findBrowser } from '../browser/findBrowser.ts';
import {
  canInstallDebianPackages,
  firstThatStarts,
  installDebianPackages,
  lastLine,
} from '../browser/programs.ts';
import { XVFB_PATH } from './xvfb.ts';

export type EngineName = 'Chromium' | 'Firefox' | 'WebKit';

/** An engine's program, or in words why there is none. */
export type FoundEngine = { readonly path: string } | { readonly missing: string };

/** Where an engine is looked for, and how it may be had. */
interface Search {
  /** The environment variable that chooses one. */
  readonly variable: string;
  find(): Promise<string | null>;
  readonly debianPackages: readonly string[];
}

const firefox: Search = {
  variable: 'FIREFOX_PATH',
  find: () =>
    firstThatStarts([
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/snap/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ]),
  debianPackages: ['firefox-esr'],
};

const webkit: Search = {
  variable: 'WEBKIT_DRIVER_PATH',
  // Neither tells its version, and both are useless without the other.
  find: () =>
    Promise.resolve(
      existsSync('/usr/bin/WebKitWebDriver') && existsSync(XVFB_PATH)
        ? '/usr/bin/WebKitWebDriver'
        : null,
    ),
  debianPackages: ['webkit2gtk-driver', 'xvfb'],
};

/** Looks for all three, and installs what is missing where that is possible. */
export async function findEngines(): Promise<Record<EngineName, FoundEngine>> {
  return {
    Chromium: await found(findBrowser),
    Firefox: await found(() => findOrInstall(firefox)),
    WebKit: await found(() => findOrInstall(webkit)),
  };
}

async function found(find: () => Promise<string>): Promise<FoundEngine> {
  try {
    return { path: await find() };
  } catch (error) {
    return { missing: (error as Error).message };
  }
}

async function findOrInstall({ variable, find, debianPackages }: Search): Promise<string> {
  const chosen = process.env[variable];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`${variable} is ${chosen}, where nothing is`);
  }
  const path = await find();
  if (path !== null) return path;
  const wanted = debianPackages.join(' and ');
  if (!canInstallDebianPackages()) {
    throw new Error(`not installed; Debian has it as ${wanted}, or set ${variable}`);
  }
  try {
    await installDebianPackages(...debianPackages);
  } catch (error) {
    throw new Error(`not installed, and apt-get failed to: ${lastLine(error)}`, { cause: error });
  }
  const installed = await find();
  if (installed !== null) return installed;
  throw new Error(`not there after apt-get has installed ${wanted}`);
}

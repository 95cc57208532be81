import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { browserArgs, findBrowser } from '../../../test/browser/findBrowser.ts';
import type { Engine } from './engine.ts';
import { openInputSession, type InputSession } from './inputSession.ts';
import { spawnBrowser } from './spawnBrowser.ts';

const run = promisify(execFile);
const START_TIMEOUT = 30_000;

/**
 * A Chromium-family browser with a profile on disk, as a user has it. An automation tool's context
 * is a private one, where a blob of many chunks is lost that is saved here.
 */
export const chromium: Engine = {
  name: 'chromium',
  async version() {
    const { stdout } = await run(await findBrowser(), ['--version']);
    return /^.*?[\d.]+/.exec(stdout.trim())?.[0] ?? stdout.trim();
  },
  async start({ url, profile, downloads }) {
    await mkdir(join(profile, 'Default'), { recursive: true });
    await writeFile(
      join(profile, 'Default', 'Preferences'),
      JSON.stringify(preferences(downloads)),
    );
    const browser = await spawnBrowser(await findBrowser(), [
      ...browserArgs(),
      '--headless=new',
      '--no-default-browser-check',
      '--password-store=basic',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      url,
    ]);
    try {
      const input = await inputOnceOpen(profile, url);
      return {
        pid: browser.pid,
        click: (selector) => input.click(selector),
        async close() {
          input.close();
          await browser.end();
        },
      };
    } catch (error) {
      await browser.end();
      throw error;
    }
  },
};

function preferences(downloads: string): object {
  return {
    download: { default_directory: downloads, prompt_for_download: false, directory_upgrade: true },
    // It would look the files up with somebody else.
    safebrowsing: { enabled: false },
  };
}

/** The browser writes its port into the profile, and needs a moment to show the page. */
async function inputOnceOpen(profile: string, url: string): Promise<InputSession> {
  const end = performance.now() + START_TIMEOUT;
  for (;;) {
    try {
      const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
      const session = await openInputSession(Number(port), url);
      if (session) return session;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    if (performance.now() > end) throw new Error('Chromium did not open the page.');
    await sleep(100);
  }
}

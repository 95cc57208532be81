import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Engine } from './engine.ts';
import { spawnBrowser } from './spawnBrowser.ts';

const run = promisify(execFile);

/**
 * Firefox as a user has it, and not under automation: driven over BiDi it counts every body as its
 * own memory. So the page clicks by script when the server tells it to.
 */
export const firefox: Engine = {
  name: 'firefox',
  async version() {
    const path = findFirefox();
    if (path === null) return null;
    const { stdout } = await run(path, ['--version']);
    return stdout
      .trim()
      .replace(/^Mozilla /, '')
      .replace(/esr$/, ' ESR');
  },
  async start({ url, profile, downloads, clickByScript }) {
    await writeFile(join(profile, 'user.js'), userPreferences(downloads));
    const browser = await spawnBrowser(
      findFirefox() ?? 'firefox',
      ['--headless', '--no-remote', '--profile', profile, url],
      { MOZ_CRASHREPORTER_DISABLE: '1' },
    );
    return {
      pid: browser.pid,
      async click(selector) {
        clickByScript(selector);
      },
      close: () => browser.end(),
    };
  },
};

/** `FIREFOX_PATH`, or where systems have it. */
function findFirefox(): string | null {
  const paths = [
    process.env['FIREFOX_PATH'] ?? '',
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/snap/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    join(homedir(), 'Applications/Firefox.app/Contents/MacOS/firefox'),
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ];
  return paths.find((path) => existsSync(path)) ?? null;
}

function userPreferences(downloads: string): string {
  const preferences: Record<string, string | number | boolean> = {
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.download.manager.addToRecentDocs': false,
    // No pages, questions or processes of its own beside the one that is measured.
    'browser.aboutwelcome.enabled': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.newtabpage.enabled': false,
    'browser.newtab.preload': false,
    'dom.ipc.processPrelaunch.enabled': false,
    'dom.disable_open_during_load': false,
    'termsofuse.bypassNotification': true,
    // Nothing to anybody else, which would also take its time.
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'app.shield.optoutstudies.enabled': false,
    'browser.region.network.url': '',
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'browser.safebrowsing.downloads.enabled': false,
    'browser.search.update': false,
    'datareporting.healthreport.uploadEnabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'extensions.update.enabled': false,
    'extensions.getAddons.cache.enabled': false,
    'extensions.systemAddon.update.enabled': false,
    'media.gmp-manager.updateEnabled': false,
    'media.gmp-provider.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'http://127.0.0.1:1/',
    'toolkit.telemetry.enabled': false,
    'toolkit.telemetry.unified': false,
  };
  return Object.entries(preferences)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine, EnginePage } from './Engine.ts';
import { openSession } from './webDriver.ts';
import { startXvfb } from './xvfb.ts';

/** WebKitGTK's MiniBrowser, by the WebDriver that comes with it, on a display that nobody sees. */
export async function startWebKit(driverPath: string): Promise<Engine> {
  const home = await mkdtemp(join(tmpdir(), 'artifact-webkit-'));
  const downloads = join(home, 'downloads');
  await mkdir(downloads);
  // The one word it takes on where downloads go.
  await writeFile(join(home, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const display = await startXvfb();
  const port = await freePort();
  const driver = spawn(driverPath, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display.name,
      GDK_BACKEND: 'x11',
      NO_AT_BRIDGE: '1',
      // Any other than UTF-8 would spoil file names.
      LC_ALL: 'C.UTF-8',
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
    },
  });
  const { send } = await openSession(`http://127.0.0.1:${port}`, {});

  // A session has one current window, so what is done in one must not come between two others.
  let last: Promise<unknown> = Promise.resolve();
  const inWindow = <Result>(handle: string, act: () => Promise<Result>): Promise<Result> => {
    const next = last.then(async () => {
      await send('POST', '/window', { handle });
      return act();
    });
    last = next.catch(() => {});
    return next;
  };
  const first = (await send('GET', '/window')) as string;

  return {
    downloads,
    async open(url) {
      const created = await inWindow(first, () => send('POST', '/window/new', { type: 'window' }));
      const { handle } = created as { handle: string };
      const page: EnginePage = {
        evaluate: (expression) =>
          inWindow(handle, () =>
            send('POST', '/execute/sync', { script: `return (${expression});`, args: [] }),
          ),
        click: (selector) =>
          inWindow(handle, async () => {
            const query = { using: 'css selector', value: selector };
            const [element] = Object.values((await send('POST', '/element', query)) as object);
            await send('POST', `/element/${element as string}/click`);
          }),
        close: () => inWindow(handle, async () => void (await send('DELETE', '/window'))),
      };
      await inWindow(handle, () => send('POST', '/url', { url }));
      return page;
    },
    async close() {
      await send('DELETE', '');
      await end(driver);
      await display.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Ends a program, and waits until it has. */
async function end(program: ChildProcess): Promise<void> {
  const ended = once(program, 'exit');
  program.kill();
  await ended;
}

/** A port that was free a moment ago: the driver does not tell which one it has chosen itself. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

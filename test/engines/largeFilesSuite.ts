import { expect, it } from 'vitest';
import { artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from '../e2e/downloadsFolder.ts';
import { eventually } from '../e2e/eventually.ts';
import { WORDS } from '../e2e/widget.ts';
import type { EngineSite } from './describeEngine.ts';
import type { EngineName } from './findEngines.ts';
import type { ShownButton } from './shownButton.ts';

const MIB = 2 ** 20;
/** More than what is held in memory where there is another way. */
const SIZE = 300 * MIB;
const contentType = 'application/octet-stream';

/** Sizes of the files that lie on the origin's own disk. */
const STAGED = `(async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('react-artifact-download');
  const sizes = [];
  for await (const handle of folder.values()) sizes.push((await handle.getFile()).size);
  return sizes;
})()`;

/** Files too large to be held in memory where there is another way. */
export function largeFilesSuite(site: () => EngineSite, engine: EngineName): void {
  const hasDisk = engine !== 'WebKit';

  /** Clicks, and once more where the engine that a driver starts has no disk for pages. */
  async function start(button: ShownButton, token: string): Promise<void> {
    await button.becomes('ready');
    await button.click();
    if (hasDisk) return;
    await button.says('ready', /only keep the file in memory/);
    expect(site().artifacts.log(token)).toEqual(['HEAD 200']);
    // By script: a second click of a mouse, so soon and in the same place, may be a double click's.
    await button.page.evaluate(
      `document.querySelector('.artifact-download-button').click() ?? null`,
    );
  }

  it('S2 S3 300 MiB are saved byte for byte, with one HEAD and one GET', async () => {
    const { artifacts, files, show } = site();
    const fileName = 'model.ifc';
    const token = artifacts.service.issue({ fileName, contentType, size: SIZE });

    const button = await show('artifacts', { token });
    await start(button, token);
    await button.becomes('completed');
    if (hasDisk) expect(await button.page.evaluate(STAGED)).toContain(SIZE);

    await files.become({ [fileName]: SIZE });
    expect(await files.sha256(fileName)).toBe(await sha256(artifactBytes(SIZE, fileName)));
    expect(artifacts.log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('S9 Cancel ends 300 MiB on the way, and leaves no file', async () => {
    const { artifacts, files, show } = site();
    const { service } = artifacts;
    const token = service.issue({ fileName: 'cancel.ifc', contentType, size: SIZE });
    artifacts.setLine(token, { bytesPerSecond: 50 * MIB });

    const button = await show('artifacts', { token });
    await start(button, token);
    await eventually(async () => Number(await button.progress())).toBeGreaterThan(0);
    await button.cancel();
    await button.says('expired', WORDS.canceled);

    await eventually(() => service.requests(token)[1]?.outcome).toBe('aborted');
    expect(artifacts.log(token)).toEqual(['HEAD 200', 'GET 200', 'HEAD 410']);
    const after = service.issue({ fileName: 'after.ifc', contentType, size: 4 });
    const next = await show('artifacts', { token: after });
    await next.becomes('ready');
    await next.click();
    await files.become({ 'after.ifc': 4 });
  });
}

import { expect, it } from 'vitest';
import { artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from '../e2e/downloadsFolder.ts';
import { eventually } from '../e2e/eventually.ts';
import { WORDS } from '../e2e/widget.ts';
import type { EngineSite } from './describeEngine.ts';

const MIB = 2 ** 20;
/** More than what is held in memory where there is another way. */
const SIZE = 300 * MIB;
const contentType = 'application/octet-stream';

/** Files too large to be held in memory. */
export function largeFilesSuite(site: () => EngineSite): void {
  it('S2 S3 300 MiB are saved byte for byte, with one HEAD and one GET', async () => {
    const { artifacts, files, show } = site();
    const fileName = 'model.ifc';
    const token = artifacts.service.issue({ fileName, contentType, size: SIZE });

    const button = await show('artifacts', { token });
    await button.becomes('ready');
    await button.click();
    await button.becomes('completed');

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
    await button.becomes('ready');
    await button.click();
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

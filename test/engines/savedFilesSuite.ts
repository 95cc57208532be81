import { expect, it } from 'vitest';
import { artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from '../e2e/downloadsFolder.ts';
import { WORDS } from '../e2e/widget.ts';
import type { EngineSite } from './describeEngine.ts';

const contentType = 'application/pdf';

/** What a click saves, and under which name. */
export function savedFilesSuite(site: () => EngineSite): void {
  it('S3 E2 a click saves the file byte for byte, with one HEAD and one GET', async () => {
    const { artifacts, files, show } = site();
    const [fileName, size] = ['plan.pdf', 3_000_000];
    const token = artifacts.service.issue({ fileName, contentType, size });

    const button = await show('artifacts', { token });
    await button.becomes('ready');
    await button.click();
    await button.says('completed', WORDS.sent);

    await files.become({ [fileName]: size });
    expect(await files.sha256(fileName)).toBe(await sha256(artifactBytes(size, fileName)));
    expect(artifacts.log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  const saveAs = async (fileName: string, safe = fileName): Promise<void> => {
    const { artifacts, files, show } = site();
    const size = 3_000;
    const token = artifacts.service.issue({ fileName, contentType, size });

    const button = await show('artifacts', { token });
    await button.becomes('ready');
    const shown = await button.name();
    await button.click();

    const saved = await files.nameOfOnly(size);
    expect(saved).toBe(shown);
    expect(saved).toBe(safe.normalize('NFC'));
    expect(await files.sha256(saved)).toBe(await sha256(artifactBytes(size, fileName)));
  };

  it.each([
    'Übersicht – 2. Änderung.pdf',
    'Façade ouest é è.png',
    '図面 第1版.pdf',
    '설계 도면 “A”.dwg',
    'مخطط الطابق.pdf',
    'plan (final) #2 [rev] & co.tar.gz',
    'emoji 🏗️ plan.pdf',
    // How macOS would write the first of them.
    'Übersicht – 2. Änderung (NFD).pdf'.normalize('NFD'),
  ])('N3 the name shown is the name saved: %s', (fileName) => saveAs(fileName));

  // What some engine would replace is replaced before it is shown, in all.
  it.each(['plan 100%.pdf', '~plan.pdf', 'plan~1.pdf'])(
    'N3 the name shown is the name saved: %s',
    (fileName) => saveAs(fileName, fileName.replace(/[%~]/, '_')),
  );

  it('N2 a hostile name is made safe, and is saved as it is shown', async () => {
    const { artifacts, files, show } = site();
    const fileName = `../../${'ä'.repeat(300)}\u202Efdp.exe.pdf`;
    const token = artifacts.service.issue({ fileName, contentType, size: 10 });

    const button = await show('artifacts', { token });
    await button.becomes('ready');
    const shown = await button.name();
    await button.click();

    expect(await files.nameOfOnly(10)).toBe(shown);
    expect(shown).toMatch(/^[^/\\\u202E]+\.pdf$/);
  });
}

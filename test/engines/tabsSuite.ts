import { expect, it } from 'vitest';
import { artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from '../e2e/downloadsFolder.ts';
import { eventually } from '../e2e/eventually.ts';
import { gatedReply, pdfHeaders, reply } from '../e2e/rawReplies.ts';
import { WORDS } from '../e2e/widget.ts';
import { gets, type EngineSite } from './describeEngine.ts';
import { showButton } from './shownButton.ts';

/** Two tabs of one profile with one token. */
export function tabsSuite(site: () => EngineSite): void {
  it('E5 both click in the same moment: one GET, one file', async () => {
    const { artifacts, files, show } = site();
    const size = 50_000;
    const first = await show('artifacts', { token: null });
    const second = await show('artifacts', { token: null });
    // More than one round: which of the two is faster, and by how much, is left to chance.
    for (const fileName of ['first.pdf', 'second.pdf', 'third.pdf']) {
      await files.empty();
      const token = artifacts.service.issue({ fileName, contentType: 'application/pdf', size });
      const tabs = await Promise.all(
        [first, second].map(({ page }) => showButton(page, { token })),
      );
      for (const tab of tabs) await tab.becomes('ready');

      // At one time by the clock: two commands would reach their pages one after the other.
      const click = `document.querySelector('.artifact-download-button').click()`;
      const clickSoon = `setTimeout(() => ${click}, ${Date.now() + 300} - Date.now()) > 0`;
      await Promise.all(tabs.map(({ page }) => page.evaluate(clickSoon)));
      const statuses = () => Promise.all(tabs.map(({ status }) => status()));
      const settled = new Set(['completed', 'expired']);
      await eventually(async () => new Set(await statuses())).toEqual(settled);

      await files.become({ [fileName]: size });
      expect(await files.sha256(fileName)).toBe(await sha256(artifactBytes(size, fileName)));
      expect(gets(artifacts.log(token))).toEqual(['GET 200']);
    }
  });

  it('E5 the other tab shows without a click that the file is coming, and that it has come', async () => {
    const { faults, files, show } = site();
    const token = 'seen-from-another-tab';
    let letCome = () => {};
    const gate = new Promise<void>((resolve) => (letCome = resolve));
    faults.script(token, {
      HEAD: (socket) =>
        reply(gets(faults.log(token)).length > 0 ? 410 : 200, pdfHeaders(4))(socket),
      GET: gatedReply(pdfHeaders(4), 'da', gate, 'ta'),
    });
    const here = await show('faults', { token });
    const there = await show('faults', { token });
    await here.becomes('ready');
    await there.becomes('ready');

    await here.click();
    await there.says('expired', WORDS.elsewhere);
    letCome();
    await here.becomes('completed');
    await there.says('expired', WORDS.downloadedElsewhere);
    await files.become({ 'plan.pdf': 4 });
    expect(gets(faults.log(token))).toEqual(['GET']);
  });
}

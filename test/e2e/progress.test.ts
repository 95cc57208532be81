import { expect, it } from 'vitest';
import { allArtifactBytes } from '../../src/testing/index.ts';
import { sha256 } from './downloadsFolder.ts';
import { drippingReply, pdfHeaders, reply } from './rawReplies.ts';
import { shareSite } from './shareSite.ts';
import { WORDS } from './widget.ts';

const site = shareSite();

it('S10 A3 progress rises, and is shown at most ten times a second', async () => {
  const { faults, visit } = site();
  const { mount, folder, page } = await visit({ origin: faults.origin });
  // 300 pieces with pauses: some seconds, and many times more pieces than may be shown.
  const size = 300_000;
  const bytes = allArtifactBytes(size, 'plan.pdf');
  const pieces = Array.from({ length: 300 }, (_, n) => bytes.subarray(n * 1_000, (n + 1) * 1_000));
  const token = 'dripping';
  faults.script(token, {
    HEAD: reply(200, pdfHeaders(size)),
    GET: drippingReply(pdfHeaders(size), pieces, 5),
  });
  const { button, becomes, says } = await mount({ token });
  await becomes('ready');

  await page.evaluate(() => {
    const log = { commits: 0, values: [] as number[], spoken: [] as string[], from: 0, to: 0 };
    const root = document.querySelector('.artifact-download') as Element;
    // React writes a commit in one go, so that one call hears of all of it.
    new MutationObserver(() => {
      log.commits += 1;
      log.to = performance.now();
      if (log.commits === 1) log.from = log.to;
      const now = root.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow');
      if (now !== null && now !== undefined) log.values.push(Number(now));
      const spoken = root.querySelector('[role=status]')?.textContent ?? '';
      if (spoken !== log.spoken.at(-1)) log.spoken.push(spoken);
      document.body.dataset['log'] = JSON.stringify(log);
    }).observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await button.click();
  await says('completed', WORDS.sent);
  expect(await folder.whenSaved()).toEqual(['plan.pdf']);
  expect(await folder.sha256('plan.pdf')).toBe(await sha256(bytes));

  const json = (await page.evaluate(() => document.body.dataset['log'])) ?? '';
  const { commits, values, spoken, from, to } = JSON.parse(json) as {
    commits: number;
    values: number[];
    spoken: string[];
    from: number;
    to: number;
  };
  const windows = Math.ceil((to - from) / 100);
  expect(windows).toBeGreaterThan(10);
  // Besides one a window: requesting, the first and the last of receiving, saving, completed.
  expect(commits).toBeLessThanOrEqual(windows + 6);
  expect(commits).toBeGreaterThan(5);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(new Set(values).size).toBeGreaterThan(5);
  expect(values.slice(0, -1).every((value) => value < 100)).toBe(true);
  // Start, three quarters, the end.
  expect(spoken.length).toBeLessThanOrEqual(6);
});

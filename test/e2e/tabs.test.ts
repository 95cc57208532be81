import { describe, expect, it } from 'vitest';
import { sha256 } from './downloadsFolder.ts';
import { eventually } from './eventually.ts';
import { cutReply, fallSilent, gatedReply, pdfHeaders, reply } from './rawReplies.ts';
import { shareSite } from './shareSite.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const MIB = 2 ** 20;
const PDF = { fileName: 'plan.pdf', contentType: 'application/pdf', size: 50_000 };
const MODEL = { fileName: 'model.ifc', contentType: 'application/x-step', size: 200 * MIB };
const SLOW = { bytesPerSecond: 2 * MIB };

/** A token whose body stays away until it is let come, so that there is time to look around. */
function script(token: string): () => void {
  let letCome = () => {};
  const gate = new Promise<void>((resolve) => (letCome = resolve));
  site().faults.script(token, {
    HEAD: (socket) =>
      reply(gets(site().faults.log(token)).length > 0 ? 410 : 200, pdfHeaders(4))(socket),
    GET: gatedReply(pdfHeaders(4), 'da', gate, 'ta'),
  });
  return letCome;
}
const gets = (requests: readonly string[]) => requests.filter((entry) => entry.startsWith('GET'));

describe('E5 two tabs, one token', () => {
  it('E5 the other tab shows without a click that the file is coming, and that it has come', async () => {
    const { faults, visit } = site();
    const { mount, openTab, folder } = await visit({ origin: faults.origin });
    const token = 'seen-from-another-tab';
    const letCome = script(token);
    const here = await mount({ token });
    const other = await openTab();
    const there = await other.mount({ token });
    await here.becomes('ready');
    await there.becomes('ready');

    await here.button.click();
    await there.says('expired', WORDS.elsewhere);
    await there.button.click({ force: true });
    letCome();
    await here.becomes('completed');
    await there.says('expired', WORDS.downloadedElsewhere);
    await folder.whenSaved();
    expect(faults.log(token)).toEqual(['HEAD', 'HEAD', 'GET']);
  });

  it('E5 both click in the same moment: one GET, one file', async () => {
    const { service, visit, log } = site();
    const { mount, openTab, folder, settle, sent } = await visit();
    const tab = await openTab();
    for (let round = 0; round < 5; round += 1) {
      const token = service.issue({ ...PDF, fileName: `plan-${round}.pdf` });
      const here = await mount({ token });
      const there = await tab.mount({ token });
      await here.becomes('ready');
      await there.becomes('ready');
      await Promise.all(
        [here, there].map(({ button }) =>
          button.evaluate((element) => (element as HTMLElement).click()),
        ),
      );
      const statuses = () =>
        Promise.all([here, there].map(({ root }) => root.getAttribute('data-status'))).then(
          (all) => new Set(all),
        );
      await eventually(statuses).toEqual(new Set(['completed', 'expired']));
      await settle();
      expect(gets(log(token))).toEqual(['GET 200']);
    }
    expect(gets(sent)).toHaveLength(5);
    expect(await folder.whenSaved(5)).toHaveLength(5);
  });

  it('E5 a tab that comes later is told, though the server only says that the link is dead', async () => {
    const { faults, visit } = site();
    const { mount, openTab, folder } = await visit({ origin: faults.origin });
    const token = 'known-to-an-older-tab';
    const letCome = script(token);
    const here = await mount({ token });
    await here.becomes('ready');
    await here.button.click();
    await here.becomes('downloading');

    const during = await openTab();
    await (await during.mount({ token })).says('expired', WORDS.elsewhere);
    letCome();
    await here.becomes('completed');
    const after = await openTab();
    await (await after.mount({ token })).says('expired', WORDS.downloadedElsewhere);
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(await folder.sha256('plan.pdf')).toBe(await sha256('data'));
  });

  it('E4 E5 canceled, and the token has survived: either tab may try again', async () => {
    const { faults, visit } = site();
    const { mount, openTab, folder } = await visit({ origin: faults.origin });
    const token = 'canceled-in-one-tab';
    faults.script(token, {
      HEAD: reply(200, pdfHeaders(4)),
      GET: [cutReply(pdfHeaders(4), 'a', fallSilent), reply(200, pdfHeaders(4), 'data')],
    });
    const here = await mount({ token });
    const there = await (await openTab()).mount({ token });
    await here.becomes('ready');
    await there.becomes('ready');
    await here.button.click();
    await there.says('expired', WORDS.elsewhere);
    await here.cancel.click();
    await here.says('ready', WORDS.canceledStillWorks);
    await there.becomes('ready');
    await there.button.click();
    await there.becomes('completed');
    await here.says('expired', WORDS.downloadedElsewhere);
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(gets(faults.log(token))).toHaveLength(2);
  });

  it('E5 E10 a tab that dies in the middle leaves the others with the truth', async () => {
    const { service, visit, log, setLine } = site();
    const { mount, openTab } = await visit();
    const token = service.issue(MODEL);
    setLine(token, SLOW);
    const here = await mount({ token });
    await here.becomes('ready');
    const dying = await openTab();
    const there = await dying.mount({ token });
    await there.becomes('ready');
    await there.button.click();
    await here.says('expired', WORDS.elsewhere);
    await dying.page.close({ runBeforeUnload: false });
    await here.says('expired', WORDS.dead);
    expect(gets(log(token))).toEqual(['GET 200']);
  });

  it('E8 E5 what HEAD has called dead is never ready in between', async () => {
    const { faults, visit } = site();
    const { mount, openTab, page } = await visit({ origin: faults.origin });
    const token = 'dead-after-the-other-tab';
    script(token);
    const here = await mount({ token });
    const dying = await openTab();
    const there = await dying.mount({ token });
    await here.becomes('ready');
    await there.becomes('ready');
    await there.button.click();
    await here.says('expired', WORDS.elsewhere);
    await dying.page.close();
    await here.says('expired', WORDS.dead);
    const told = await page.evaluate(() => window.testHost.callbacks());
    const statuses = [...told.matchAll(/"status":"(\w+)"/g)].map(([, status]) => status);
    expect(statuses.slice(statuses.indexOf('ready'))).toEqual([
      'ready',
      'expired',
      'checking',
      'expired',
    ]);
  });

  it('E5 a tab that heard nothing is held back by the lock, and still told', async () => {
    const { faults, visit } = site();
    const { mount, openTab, folder } = await visit({ origin: faults.origin });
    const token = 'a-deaf-tab';
    const letCome = script(token);
    const here = await mount({ token });
    await here.becomes('ready');
    // Deaf until the first click, as a tab that the browser has put to sleep.
    const deaf = await openTab(() => {
      const { prototype } = BroadcastChannel;
      const listen = prototype.addEventListener;
      let isAwake = false;
      addEventListener('click', () => (isAwake = true), true);
      prototype.addEventListener = function addDeafListener(
        this: BroadcastChannel,
        type: string,
        listener: (event: MessageEvent) => void,
      ) {
        listen.call(this, type, (event) => isAwake && listener(event as MessageEvent));
      } as typeof listen;
    });
    const there = await deaf.mount({ token, recheck: { onFocus: false } });
    await there.becomes('ready');
    await here.button.click();
    await here.becomes('downloading');
    // Sent under the lock, which a tab in the background may be given late.
    await eventually(() => gets(faults.log(token))).toEqual(['GET']);
    await there.becomes('ready');
    await there.button.click();
    await there.says('expired', WORDS.elsewhere);
    letCome();
    await there.says('expired', WORDS.downloadedElsewhere);
    await folder.whenSaved();
    expect(gets(faults.log(token))).toEqual(['GET']);
  });

  it('T1 E5 the lock and the messages hold a digest, not the token', async () => {
    const { service, visit } = site();
    const { mount, openTab } = await visit();
    const listener = await openTab();
    await listener.page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      new BroadcastChannel('react-artifact-download/1').addEventListener('message', ({ data }) => {
        heard.push(data);
      });
    });
    const token = service.issue({ ...PDF, token: 'canary-between-tabs' });
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.click();
    await becomes('completed');
    const heard = () =>
      listener.page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown }).heard));
    await eventually(heard).toMatch(/"hello".*"downloading".*"downloaded"/);
    const locks = await listener.page.evaluate(() => navigator.locks.query());
    const names = [...(locks.held ?? []), ...(locks.pending ?? [])].map(({ name }) => name);
    expect(names).toEqual([expect.stringMatching(/^react-artifact-download\/1:[0-9a-f]{32}$/)]);
    expect(`${await heard()} ${names.join(' ')}`).not.toContain('canary');
  });

  it('E5 other people’s messages in the channel break nothing', async () => {
    const { service, visit, log } = site();
    const { mount, openTab, folder } = await visit();
    const token = service.issue(PDF);
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    const tab = await openTab();
    await tab.page.evaluate(() => {
      const channel = new BroadcastChannel('react-artifact-download/1');
      for (const message of [
        null,
        'text',
        7,
        {},
        { id: 1, word: 2 },
        { id: 'x', word: 'downloaded' },
      ])
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the rule is for windows; a BroadcastChannel takes no target.
        channel.postMessage(message);
    });
    await button.click();
    await becomes('completed');
    await folder.whenSaved();
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it.each([
    ['Web Locks', () => Object.defineProperty(navigator, 'locks', { value: undefined })],
    [
      'a secure context',
      () => {
        Object.defineProperty(navigator, 'locks', { value: undefined });
        Object.defineProperty(crypto, 'subtle', { value: undefined });
      },
    ],
    [
      'leave to use locks',
      () => {
        LockManager.prototype.request = () => Promise.reject(new DOMException('', 'SecurityError'));
      },
    ],
    ['BroadcastChannel', () => delete (window as { BroadcastChannel?: unknown }).BroadcastChannel],
  ])('without %s it works all the same, a tab at a time', async (_, removeIt) => {
    const { service, visit, log } = site();
    const { openTab, folder } = await visit();
    const tab = await openTab(removeIt);
    const token = service.issue(PDF);
    const { button, becomes } = await tab.mount({ token });
    await becomes('ready');
    await button.dblclick();
    await becomes('completed');
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('E5 a reloaded tab is no second tab: it asks, and tells what the server says', async () => {
    const { service, visit, log } = site();
    const { mount, page, folder } = await visit();
    const token = service.issue(PDF);
    const first = await mount({ token });
    await first.becomes('ready');
    await first.button.click();
    await first.becomes('completed');
    await folder.whenSaved();
    await page.reload();
    await (await mount({ token })).says('expired', WORDS.dead);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200', 'HEAD 410']);
  });
});

import { describe, expect, it } from 'vitest';
import { artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from './downloadsFolder.ts';
import { eventually } from './eventually.ts';
import { shareSite } from './shareSite.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const MIB = 2 ** 20;
/** More than sockets and pipes between here and the page can hold. */
const MODEL = { fileName: 'model.ifc', contentType: 'application/x-step', size: 200 * MIB };
/** Over a line of this speed a few seconds of {@link MODEL} are far from all of it. */
const SLOW = { bytesPerSecond: 2 * MIB };

/** What has focus, in words. */
const focused = () => document.activeElement?.className ?? '';

describe('cancel', () => {
  it('E4 S9 A1 midway: the socket closes, no file stays, HEAD is asked, the focus stays', async () => {
    const { service, visit, log, setLine } = site();
    const { mount, folder, page, settle } = await visit();
    const token = service.issue(MODEL);
    setLine(token, SLOW);
    const { button, cancel, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();
    await eventually(() => service.requests(token)[1]?.sentBytes).toBeGreaterThan(MIB / 4);
    expect(await cancel.getAttribute('aria-label')).toMatch(/Cancel download of .model\.ifc/);
    await cancel.focus();
    await page.keyboard.press('Enter');

    await says('expired', WORDS.canceled);
    await eventually(() => service.requests(token)[1]?.outcome).toBe('aborted');
    expect(service.requests(token)[1]?.sentBytes).toBeLessThan(MODEL.size / 2);
    expect(await page.evaluate(focused)).toContain('artifact-download-button');
    await settle();
    expect(log(token)).toEqual(['HEAD 200', 'GET 200', 'HEAD 410']);
    expect(await folder.names()).toEqual([]);
  });

  it('E4 by mouse, before the headers', async () => {
    const { service, visit, log, setLine } = site();
    const { mount, folder, page, settle } = await visit();
    const token = service.issue(MODEL);
    const { button, cancel, becomes, says } = await mount({ token });
    await becomes('ready');
    setLine(token, { latency: 600_000 });
    await button.click();
    await becomes('downloading');
    await eventually(() => service.status(token)).toBe('consumed');
    setLine(token, {});
    await cancel.click();

    await says('expired', WORDS.canceled);
    await eventually(() => service.requests(token)[1]?.outcome).toBe('aborted');
    expect(service.requests(token)[1]?.sentBytes).toBe(0);
    expect(await page.evaluate(focused)).toContain('artifact-download-button');
    await settle();
    expect(log(token)).toEqual(['HEAD 200', 'GET 200', 'HEAD 410']);
    expect(await folder.names()).toEqual([]);
  });

  it('A1 the button is the same node through a whole life', async () => {
    const { service, visit, setLine } = site();
    const { mount, page } = await visit();
    const token = service.issue({ ...MODEL, size: MIB });
    setLine(token, SLOW);
    const { button, becomes } = await mount({ token });
    const node = await button.elementHandle();
    await becomes('ready');
    await button.focus();
    await page.keyboard.press('Enter');
    await becomes('downloading');
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await page.evaluate(focused)).toContain('artifact-download-button');
    await becomes('completed');
    expect(await page.evaluate(focused)).toContain('artifact-download-button');
    expect(await node?.evaluate((element) => element.isConnected)).toBe(true);
    expect(await button.getAttribute('disabled')).toBeNull();
  });
});

describe('E9 a component that goes', () => {
  it('E9 the download goes on, is found running by the next button, and completes', async () => {
    const { service, visit, log, setLine } = site();
    const { mount, unmount, folder } = await visit();
    const token = service.issue({ ...MODEL, size: 3 * MIB });
    setLine(token, SLOW);
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.click();
    await eventually(() => service.requests(token)[1]?.sentBytes).toBeGreaterThan(0);
    await unmount();
    const sent = service.requests(token)[1]?.sentBytes ?? 0;
    await eventually(() => service.requests(token)[1]?.sentBytes).toBeGreaterThan(sent);

    const again = await mount({ token });
    await again.becomes('downloading');
    await again.says('completed', WORDS.sent);
    expect(await folder.whenSaved()).toEqual([MODEL.fileName]);
    expect(await folder.sha256(MODEL.fileName)).toBe(
      await sha256(artifactBytes(3 * MIB, MODEL.fileName)),
    );
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('E9 with nobody watching the file arrives, too', async () => {
    const { service, visit, log, setLine } = site();
    const { mount, unmount, folder } = await visit();
    const token = service.issue({ ...MODEL, size: MIB });
    setLine(token, SLOW);
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.click();
    await becomes('downloading');
    await unmount();
    expect(await folder.whenSaved()).toEqual([MODEL.fileName]);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('E9 whenUnmounted="cancel" ends it; the next button asks, and tells', async () => {
    const { service, visit, log, setLine } = site();
    const { mount, unmount, folder } = await visit();
    const token = service.issue(MODEL);
    setLine(token, SLOW);
    const { button, becomes } = await mount({ token, whenUnmounted: 'cancel' });
    await becomes('ready');
    await button.click();
    await eventually(() => service.requests(token)[1]?.sentBytes).toBeGreaterThan(0);
    await unmount();
    await eventually(() => service.requests(token)[1]?.outcome).toBe('aborted');

    await (await mount({ token })).says('expired', WORDS.canceled);
    expect(log(token).filter((entry) => entry.startsWith('GET'))).toEqual(['GET 200']);
    expect(log(token).at(-1)).toBe('HEAD 410');
    expect(await folder.names()).toEqual([]);
  });

  it('E9 whenUnmounted="cancel" under StrictMode does not cancel what is shown', async () => {
    const { service, visit, setLine } = site();
    const { mount, folder } = await visit({ build: 'development' });
    const token = service.issue({ ...MODEL, size: MIB });
    setLine(token, SLOW);
    const { button, becomes } = await mount({ token, whenUnmounted: 'cancel' }, { strict: true });
    await becomes('ready');
    await button.click();
    await becomes('downloading');
    // A second button comes and goes; the first is still there.
    await mount(
      [
        { token, whenUnmounted: 'cancel' },
        { token, whenUnmounted: 'cancel' },
      ],
      {
        strict: true,
      },
    );
    await mount({ token, whenUnmounted: 'cancel' }, { strict: true });
    await becomes('completed');
    expect(await folder.whenSaved()).toEqual([MODEL.fileName]);
  });
});

describe('S8 leaving the page', () => {
  it('S8 is questioned while bytes would be lost, and not after', async () => {
    const { service, visit, setLine } = site();
    const { mount, folder, page } = await visit({ own: true });
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.type());
      void dialog.dismiss();
    });
    const token = service.issue({ ...MODEL, size: 2 * MIB });
    setLine(token, SLOW);
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.click();
    await eventually(() => service.requests(token)[1]?.sentBytes).toBeGreaterThan(0);
    await page.close({ runBeforeUnload: true });
    await eventually(() => dialogs).toEqual(['beforeunload']);

    // The user stays, and the download has not suffered.
    await becomes('completed');
    await folder.whenSaved();
    await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);
    expect(dialogs).toEqual(['beforeunload']);
  });

  it('S8 is not questioned before the click, though the page was clicked', async () => {
    const { service, visit } = site();
    const { mount, page } = await visit({ own: true });
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.type());
      void dialog.accept();
    });
    const token = service.issue(MODEL);
    const { becomes } = await mount({ token });
    await becomes('ready');
    await page.mouse.click(5, 500);
    await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);
    expect(dialogs).toEqual([]);
  });

  it('S8 is not questioned after a cancel', async () => {
    const { service, visit, setLine } = site();
    const { mount, page } = await visit({ own: true });
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.type());
      void dialog.accept();
    });
    const token = service.issue(MODEL);
    setLine(token, SLOW);
    const { button, cancel, becomes } = await mount({ token });
    await becomes('ready');
    await button.click();
    await eventually(() => service.requests(token)[1]?.sentBytes).toBeGreaterThan(0);
    await cancel.click();
    await becomes('expired');
    await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);
    expect(dialogs).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { MountSetup } from './app/testHost.ts';
import { eventually } from './eventually.ts';
import { shareSite } from './shareSite.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const PDF = { fileName: 'plan.pdf', contentType: 'application/pdf', size: 50_000 };
const gets = (requests: readonly string[]) => requests.filter((entry) => entry.startsWith('GET'));

it('the two builds hold what they say: StrictMode runs in one of them only', async () => {
  const { visit } = site();
  const production = await visit();
  const development = await visit({ build: 'development' });
  const isProduction = () => window.testHost.isProduction;
  expect(await production.page.evaluate(isProduction)).toBe(true);
  expect(await development.page.evaluate(isProduction)).toBe(false);
});

describe('E1 without a click there is no GET', () => {
  it.each<[string, 'production' | 'development', Omit<MountSetup, 'buttons'>]>([
    ['plain', 'production', {}],
    ['StrictMode', 'development', { strict: true }],
    ['hostile QueryClient', 'production', { client: 'hostile' }],
    ['StrictMode, hostile QueryClient', 'development', { strict: true, client: 'hostile' }],
  ])('E1 rendering, hover, focus, touch, remount: %s', async (_, build, setup) => {
    const { service, visit, log } = site();
    const { mount, unmount, page, settle, sent } = await visit({ build });
    const token = service.issue(PDF);

    const { button, becomes } = await mount({ token }, setup);
    await becomes('ready');
    await button.hover();
    await button.focus();
    await button.dispatchEvent('touchstart');
    await button.dispatchEvent('pointerdown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await unmount();
    await mount([{ token }, { token }], setup);
    await becomes('ready');
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.evaluate(() =>
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
    );
    await settle();

    expect(gets(sent)).toEqual([]);
    expect(gets(log(token))).toEqual([]);
    expect(service.status(token)).toBe('fresh');
  });

  it('E1 the token stands in no attribute and no text of the page', async () => {
    const { service, visit } = site();
    const { mount, page } = await visit();
    const token = service.issue({ ...PDF, token: 'canary-in-the-page' });
    const { becomes } = await mount({ token });
    await becomes('ready');
    expect(await page.content()).not.toContain('canary');
  });

  it('E7 one HEAD serves all buttons of a token', async () => {
    const { service, visit, log } = site();
    const { mount, widget, settle } = await visit();
    const token = service.issue(PDF);
    await mount(Array.from({ length: 20 }, () => ({ token })));
    await widget(0).becomes('ready');
    await widget(19).becomes('ready');
    await settle();
    expect(log(token)).toEqual(['HEAD 200']);
  });
});

describe('E2 one activation, one GET', () => {
  it.each([2, 3])('E2 a click of %i clicks', async (clickCount) => {
    const { service, visit, log } = site();
    const { mount, folder, settle, sent } = await visit();
    const token = service.issue(PDF);
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.click({ clickCount });
    await becomes('completed');
    await folder.whenSaved();
    await settle();
    expect(sent).toEqual(['HEAD', 'GET']);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('E2 a double click whose first click has completed is still one file', async () => {
    const { service, visit, log } = site();
    const { mount, folder, page, settle, sent } = await visit();
    const token = service.issue(PDF);
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    const { x, y, width, height } = (await button.boundingBox()) ?? expect.fail('no box');
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down({ clickCount: 1 });
    await page.mouse.up({ clickCount: 1 });
    await becomes('completed');
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await settle();
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(sent).toEqual(['HEAD', 'GET']);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('E2 a held Enter', async () => {
    const { service, visit, log } = site();
    const { mount, folder, page, settle, sent } = await visit();
    const token = service.issue(PDF);
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.focus();
    // Playwright sends all but the first as the keyboard's own repetition.
    for (let times = 0; times < 5; times += 1) await page.keyboard.down('Enter');
    await becomes('completed');
    for (let times = 0; times < 5; times += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await settle();
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(sent).toEqual(['HEAD', 'GET']);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('E2 Space, held', async () => {
    const { service, visit, log } = site();
    const { mount, folder, page, settle } = await visit();
    const token = service.issue(PDF);
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.focus();
    for (let times = 0; times < 5; times += 1) await page.keyboard.down('Space');
    await page.keyboard.up('Space');
    await becomes('completed');
    await settle();
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it.each<[string, 'production' | 'development', Omit<MountSetup, 'buttons'>]>([
    ['plain', 'production', {}],
    ['hostile QueryClient', 'production', { client: 'hostile' }],
    ['StrictMode, hostile QueryClient', 'development', { strict: true, client: 'hostile' }],
  ])('E2 two clicks in one tick, on two buttons of one token: %s', async (_, build, setup) => {
    const { service, visit, log } = site();
    const { mount, widget, folder, page, settle, sent } = await visit({ build });
    const token = service.issue(PDF);
    await mount([{ token }, { token }], setup);
    await widget(0).becomes('ready');
    await widget(1).becomes('ready');
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>('.artifact-download-button')) {
        button.click();
        button.click();
      }
    });
    await widget(0).becomes('completed');
    await widget(1).becomes('completed');
    await settle();
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(gets(sent)).toEqual(['GET']);
    expect(gets(log(token))).toEqual(['GET 200']);
  });

  it('E2 a click by foreign code that runs within the click', async () => {
    const { service, visit, log } = site();
    const { mount, folder, settle, sent } = await visit();
    const token = service.issue(PDF);
    const { button, becomes } = await mount({ token, sink: 'clicking' });
    await becomes('ready');
    await button.click();
    await becomes('completed');
    await settle();
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(sent).toEqual(['HEAD', 'GET']);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('E2 a hostile QueryClient does not have a failing GET repeated', async () => {
    const { service, visit, log } = site();
    const { mount, folder, settle, sent } = await visit();
    const token = service.issue(PDF);
    const { button, becomes, says } = await mount({ token }, { client: 'hostile' });
    await becomes('ready');
    service.consume(token);
    await button.click();
    await says('expired', WORDS.dead);
    await settle();
    expect(gets(sent)).toEqual(['GET']);
    expect(gets(log(token))).toEqual(['GET 410']);
    expect(await folder.names()).toEqual([]);
  });
});

describe('E3 offline', () => {
  it.each([{ client: 'none' }, { client: 'hostile' }] as const)(
    'E3 a click sends nothing, says so, and nothing leaves later ($client)',
    async (setup) => {
      const { service, visit, log } = site();
      const { mount, folder, context, sent, settle } = await visit({ own: true });
      const token = service.issue(PDF);
      const { button, becomes, says, status } = await mount({ token }, setup);
      await becomes('ready');

      await context.setOffline(true);
      await button.click();
      await says('unreachable', WORDS.offline);
      expect(gets(sent)).toEqual([]);

      const heads = sent.length;
      await context.setOffline(false);
      await becomes('ready');
      await settle();
      expect(sent.slice(heads)).toEqual(['HEAD']);
      expect(await status.textContent()).not.toMatch(WORDS.offline);
      expect(await folder.names()).toEqual([]);

      await button.click();
      await becomes('completed');
      expect(await folder.whenSaved()).toEqual(['plan.pdf']);
      expect(gets(sent)).toEqual(['GET']);
      expect(gets(log(token))).toEqual(['GET 200']);
    },
  );
});

describe('E10 a part of the library that can’t be loaded', () => {
  it('E10 E1 is told, costs no token, and can be asked for again', async () => {
    const { service, visit, log } = site();
    const { mount, page, settle } = await visit({ own: true });
    let isCut = true;
    await page.route(/\.js$/, (route) => (isCut ? route.abort() : route.continue()));
    const token = service.issue(PDF);
    const { button, becomes } = await mount({ token });
    await becomes('unreachable');
    const before = log(token).length;
    await button.click();
    await eventually(() => log(token).length).toBeGreaterThan(before);
    isCut = false;
    await settle();
    expect(gets(log(token))).toEqual([]);
    expect(service.status(token)).toBe('fresh');
  });
});

describe('E8 nothing is ready from memory', () => {
  it('E8 a reload before the click asks HEAD again, and no more', async () => {
    const { service, visit, log } = site();
    const { mount, page, settle } = await visit();
    const token = service.issue(PDF);
    await (await mount({ token })).becomes('ready');
    await page.reload();
    await (await mount({ token })).becomes('ready');
    await settle();
    expect(log(token)).toEqual(['HEAD 200', 'HEAD 200']);
  });

  it('E8 a reload after the download finds the link dead', async () => {
    const { service, visit, log } = site();
    const { mount, folder, page, settle } = await visit();
    const token = service.issue(PDF);
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();
    await becomes('completed');
    await folder.whenSaved();
    await page.reload();
    await mount({ token });
    await says('expired', WORDS.dead);
    await button.click({ force: true });
    await settle();
    expect(log(token)).toEqual(['HEAD 200', 'GET 200', 'HEAD 410']);
  });

  it('E6 a dead link stays dead without being asked about again', async () => {
    const { service, visit, log } = site();
    const { mount, page, settle } = await visit();
    const token = service.issue(PDF);
    service.expire(token);
    const { button, says } = await mount({ token }, { client: 'hostile' });
    await says('expired', WORDS.dead);
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.evaluate(() =>
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
    );
    await button.click({ force: true });
    await settle();
    expect(log(token)).toEqual(['HEAD 410']);
  });

  it('the clock alone turns a button to expired, without a request', async () => {
    const { service, visit, log } = site();
    const { mount, page, settle } = await visit({ own: true });
    const token = service.issue(PDF);
    await page.clock.install();
    const now = await page.evaluate(() => Date.now());
    const { button, becomes, says } = await mount({ token, expiresAt: now + 60_000 });
    await becomes('ready');
    await eventually(() => button.innerText()).toMatch(/Link expires in/);
    await page.clock.fastForward(61_000);
    await says('expired', WORDS.lapsed);
    await button.click({ force: true });
    await page.clock.resume();
    await settle();
    expect(log(token)).toEqual(['HEAD 200']);
  });
});

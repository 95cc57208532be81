import { describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { cutReply, fallSilent, pdfHeaders, reply } from './rawReplies.ts';
import { shareSite } from './shareSite.ts';

const site = shareSite();
const PDF = { fileName: 'plan.pdf', contentType: 'application/pdf', size: 50_000 };

const refocus = () =>
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true })) && undefined;

describe('E7 many buttons', () => {
  it.each(['production', 'development'] as const)(
    'E7 of 500 only those within reach are asked, the others when they come near (%s)',
    async (build) => {
      const { service, visit } = site();
      const { mount, page, settle, widget } = await visit({ build });
      const tokens = Array.from({ length: 500 }, () => service.issue(PDF));
      const asked = () => tokens.filter((token) => service.requests(token).length > 0).length;
      await mount(
        tokens.map((token) => ({ token })),
        { strict: build === 'development' },
      );
      await widget(0).becomes('ready');
      await settle();
      const screens = await page.evaluate(
        () => document.documentElement.scrollHeight / window.innerHeight,
      );
      expect(screens).toBeGreaterThan(20);
      const atFirst = asked();
      // What is seen, and somewhat more than a screen below it.
      expect(atFirst).toBeGreaterThan(500 / screens);
      expect(atFirst).toBeLessThan((4 * 500) / screens);

      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await widget(499).becomes('ready');
      await settle();
      expect(asked()).toBeLessThan((9 * 500) / screens);
      expect(tokens.every((token) => service.requests(token).length <= 1)).toBe(true);
    },
  );

  it('E7 E8 refocus asks again for what is seen, and spares the server the rest', async () => {
    const { service, visit } = site();
    const { mount, page, settle, widget } = await visit();
    const tokens = Array.from({ length: 200 }, () => service.issue(PDF));
    const heads = () => tokens.reduce((sum, token) => sum + service.requests(token).length, 0);
    await mount(tokens.map((token) => ({ token })));
    await widget(0).becomes('ready');
    await settle();
    // All have been near once.
    for (let place = 0; place <= 200; place += 10) {
      await page.evaluate((y) => scrollTo(0, y), place * 110);
      await widget(Math.min(place, 199)).becomes('ready');
    }
    await page.evaluate(() => scrollTo(0, 0));
    await settle();
    const before = heads();
    await page.evaluate(refocus);
    await eventually(() => service.requests(tokens[0] ?? '').length).toBe(2);
    await settle();
    expect(heads() - before).toBeGreaterThan(0);
    expect(heads() - before).toBeLessThan(60);
  });

  it('E7 never more than six at a time', async () => {
    const { faults, visit } = site();
    const { mount, settle, sent } = await visit({ origin: faults.origin });
    let open = 0;
    let most = 0;
    const tokens = Array.from({ length: 30 }, (_, index) => `six-${index}`);
    for (const token of tokens) {
      faults.script(token, {
        HEAD: async (socket) => {
          most = Math.max(most, (open += 1));
          await new Promise((resolve) => setTimeout(resolve, 20));
          open -= 1;
          await reply(200, pdfHeaders(4))(socket);
        },
        GET: [],
      });
    }
    await mount(tokens.map((token) => ({ token, fileName: 'a' })));
    await eventually(() => sent.length).toBeGreaterThanOrEqual(12);
    await settle();
    expect(most).toBeLessThanOrEqual(6);
  });

  it('E7 one of a token’s buttons within reach is enough', async () => {
    const { service, visit, log } = site();
    const { mount, widget } = await visit();
    const token = service.issue(PDF);
    const rows = Array.from({ length: 200 }, () => service.issue(PDF));
    await mount([...rows.map((row) => ({ token: row })), { token }]);
    await widget(0).becomes('ready');
    expect(log(token)).toEqual([]);
    await mount([{ token }, ...rows.map((row) => ({ token: row })), { token }]);
    await widget(0).becomes('ready');
    await widget(201).becomes('ready');
    expect(log(token)).toEqual(['HEAD 200']);
  });

  it('E7 a page that is left asks nothing for what was never near', async () => {
    const { service, visit } = site();
    const { mount, unmount, settle, widget } = await visit();
    const tokens = Array.from({ length: 300 }, () => service.issue(PDF));
    const heads = () => tokens.reduce((sum, token) => sum + service.requests(token).length, 0);
    await mount(tokens.map((token) => ({ token })));
    await widget(0).becomes('ready');
    await settle();
    await widget(12).becomes('ready');
    await unmount();
    // What was on its way arrives.
    let before = -1;
    for (; before !== heads(); await settle()) before = heads();
    expect(before).toBeLessThan(60);
    await settle();
    expect(heads()).toBe(before);
  });

  it('E4 E7 what became of a GET is asked for, however far the button has been scrolled', async () => {
    const { faults, visit } = site();
    const { mount, page, widget } = await visit({ origin: faults.origin });
    const token = 'scrolled-away';
    faults.script(token, {
      HEAD: [reply(200, pdfHeaders(4)), reply(410)],
      GET: cutReply(pdfHeaders(4), 'a', fallSilent),
    });
    const rows = Array.from({ length: 200 }, () => ({ token: '..' }));
    const { button, becomes } = await mount([{ token, stallTimeout: 1_000 }, ...rows]);
    await becomes('ready');
    await button.click();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await becomes('failed');
    await widget(0).becomes('failed');
    expect(faults.log(token)).toEqual(['HEAD', 'GET', 'HEAD']);
  });

  it('E7 E10 two inspections of one far token: both come when it is near', async () => {
    const { service, visit } = site();
    const { mount, page, widget } = await visit();
    const rows = Array.from({ length: 100 }, () => ({ token: '..' }));
    const token = service.issue(PDF);
    const endpoint = '/api/open/v1/artifact-downloads/';
    await mount([...rows, { token }, { token, endpoint }]);
    await widget(0).becomes('expired');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await widget(100).becomes('ready');
    await widget(101).becomes('ready');
  });

  it('E7 in a list that scrolls by itself', async () => {
    const { service, visit } = site();
    const { mount, page, widget, settle } = await visit();
    await page.evaluate(() => {
      const root = document.getElementById('root') as HTMLElement;
      root.style.height = '300px';
      root.style.overflow = 'auto';
    });
    const tokens = Array.from({ length: 200 }, () => service.issue(PDF));
    await mount(tokens.map((token) => ({ token })));
    await widget(0).becomes('ready');
    await settle();
    expect(service.requests(tokens[199] ?? '')).toEqual([]);
    await page.evaluate(() => document.getElementById('root')?.scrollTo(0, 1e6));
    await widget(199).becomes('ready');
  });
});

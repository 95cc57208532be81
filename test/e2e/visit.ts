import type { Browser, BrowserContext, Page } from 'playwright';
import type { ButtonSetup, MountSetup } from './app/testHost.ts';
import type { TestPageBuild } from './buildTestPage.ts';
import { openDownloadsFolder, type DownloadsFolder } from './downloadsFolder.ts';
import { pagePath } from './testPage.ts';
import { widgetOn, type Widget } from './widget.ts';

/** Which page to visit, and how. */
export interface VisitOptions {
  origin: string;
  build?: TestPageBuild;
  /** Another origin that the page's policy allows requests to. */
  connectTo?: string;
}

/** A user with a browser profile of their own, on the test page. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly folder: DownloadsFolder;
  /** Methods of the requests that all tabs made for artifacts: one a `fetch`, whatever became of it. */
  readonly sent: string[];
  /** All that was written to the console. */
  readonly consoleLines: string[];
  /** What the page did against its policy, and errors that nobody caught. None is expected. */
  readonly complaints: string[];
  /** Shows buttons in place of those before, and gives the first. */
  mount(buttons: ButtonSetup | ButtonSetup[], setup?: Omit<MountSetup, 'buttons'>): Promise<Widget>;
  unmount(): Promise<void>;
  /** The button at a place on the page, counted from 0. */
  widget(place: number): Widget;
  /** Resolves when all that the page had set going by now has been sent and told to us. */
  settle(): Promise<void>;
  /** Opens the page in one more tab of the same browser profile, until the visit is over. */
  openTab(beforeLoad?: () => void): Promise<Tab>;
  /** The user has come to the page, with the browser, that somebody else has left. */
  startOver(): Promise<void>;
  leave(): Promise<void>;
}

/** Another tab. */
export interface Tab {
  readonly page: Page;
  mount(buttons: ButtonSetup | ButtonSetup[], setup?: Omit<MountSetup, 'buttons'>): Promise<Widget>;
}

const VIOLATION = '[violation]';

/** Opens the page in a fresh browser context. */
export async function openVisit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { origin, build = 'production', connectTo } = options;
  const context = await browser.newContext({ baseURL: origin, locale: 'en-US' });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const folder = await openDownloadsFolder(browser, page);
  const sent: string[] = [];
  const consoleLines: string[] = [];
  const complaints: string[] = [];

  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) sent.push(request.method());
  });
  page.on('console', (message) => {
    (message.text().startsWith(VIOLATION) ? complaints : consoleLines).push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`${error.name}: ${error.message}`));
  await page.addInitScript((mark) => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      console.error(mark, violatedDirective, blockedURI, sample);
    });
    addEventListener('unhandledrejection', ({ reason }) => console.error(mark, String(reason)));
  }, VIOLATION);
  await page.goto(pagePath(build, connectTo));
  const mountOn =
    (tab: Page): Visit['mount'] =>
    async (buttons, setup = {}) => {
      await tab.evaluate((all) => window.testHost.mount(all), {
        buttons: [buttons].flat(),
        ...setup,
      });
      return widgetOn(tab);
    };

  return {
    context,
    page,
    folder,
    sent,
    consoleLines,
    complaints,
    mount: mountOn(page),
    unmount: () => page.evaluate(() => window.testHost.unmount()),
    widget: (place) => widgetOn(page, place),
    async settle() {
      await page.evaluate(async () => {
        // Timers, effects and frames that are due come first; then whatever they have sent.
        await new Promise((resolve) => setTimeout(resolve, 20));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await fetch('/');
      });
    },
    async openTab(beforeLoad) {
      const tab = await context.newPage();
      tab.on('request', (request) => {
        if (new URL(request.url()).pathname.startsWith('/api/')) sent.push(request.method());
      });
      tab.on('pageerror', (error) => complaints.push(`${error.name}: ${error.message}`));
      if (beforeLoad) await tab.addInitScript(beforeLoad);
      await tab.goto(pagePath(build, connectTo));
      return { page: tab, mount: mountOn(tab) };
    },
    async startOver() {
      for (const tab of context.pages()) if (tab !== page) await tab.close();
      await page.goto(pagePath(build, connectTo));
      for (const record of [sent, consoleLines, complaints]) record.length = 0;
      await folder.empty();
    },
    async leave() {
      await context.close();
      await folder.remove();
    },
  };
}

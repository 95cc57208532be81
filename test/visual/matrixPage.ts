import type { CDPSession } from '@vitest/browser-playwright';
import { cdp } from 'vitest/browser';
import { LightAndDark } from '../../stories/StateMatrix.stories.tsx';
import { inWords } from '../../stories/StateMatrix.tsx';

/** What a page and its system ask for. Default: light, left to right. */
export interface PageLook {
  readonly colorScheme?: 'light' | 'light dark';
  readonly dir?: 'ltr' | 'rtl';
  readonly media?: Readonly<Record<string, string>>;
}

/** Brings every state of the story on the page, once for all pictures: that takes its seconds. */
export async function openMatrix(): Promise<void> {
  // Axe sees it among the stories.
  await LightAndDark.extend({ parameters: { a11y: { test: 'off' } } }).run();
  await document.fonts.ready;
}

/** Does to the story's page what Storybook's toolbar, and the system, would do. */
export async function setPage(look: PageLook): Promise<void> {
  const { colorScheme = 'light', dir = 'ltr', media = {} } = look;
  const page = document.querySelector<HTMLElement>('.story');
  if (!page) throw new Error('The story is not on the page: its decorator’s class is missing.');
  page.style.colorScheme = colorScheme;
  page.dir = dir;
  const asked = {
    'prefers-color-scheme': 'light',
    'prefers-reduced-motion': 'no-preference',
    'forced-colors': 'none',
    ...media,
  };
  await session().send('Emulation.setEmulatedMedia', {
    features: Object.entries(asked).map(([name, value]) => ({ name, value })),
  });
}

/**
 * A state's row, light and dark. The rest is hidden, so that another row's height moves nothing here
 * by a part of a pixel.
 */
export function rowAlone(state: string): HTMLElement {
  const header = parts().find(({ textContent }) => textContent === inWords(state));
  const row = header?.closest('tr');
  if (!row) throw new Error(`The matrix has no row for “${state}”.`);
  for (const part of parts()) part.hidden = part !== row;
  return row;
}

/** The families of the fonts that Chromium has drawn the buttons' texts with. */
export async function fontsOfMatrix(): Promise<string[]> {
  for (const part of parts()) part.hidden = false;
  const { send } = session();
  await send('DOM.enable');
  await send('CSS.enable');
  // The story is in a frame of vitest's page.
  const { nodes } = await send('DOM.getFlattenedDocument', { depth: -1, pierce: true });
  const buttons = nodes.filter(({ nodeName }) => nodeName === 'BUTTON');
  const found = await Promise.all(
    buttons.map(({ nodeId }) => send('CSS.getPlatformFontsForNode', { nodeId })),
  );
  return [...new Set(found.flatMap(({ fonts }) => fonts.map(({ familyName }) => familyName)))];
}

/** Rows and their headers. */
function parts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.matrix th, .matrix tr')];
}

/** The browser's own interface, typed as Playwright's. */
const session = (): CDPSession => cdp();

import { readFileSync } from 'node:fs';
import { render, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DownloadButton } from '../../src/index.ts';
import { findButton, mockPage } from './mockedPage.tsx';

const page = mockPage();

const readme = readFileSync('README.md', 'utf8');
const styles = readFileSync('src/styles/download-button.css', 'utf8');

/** The first cells of the README's table below a heading. */
function documented(heading: string): string[] {
  const section = readme.split(`\n### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  return [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, cell]) => cell ?? '').sort();
}

it('the README’s styling hooks are those of the DOM', async () => {
  page.line({ bytesPerSecond: 2_000_000 });
  const [done, dead] = [page.issue(), page.issue()];
  page.service.consume(dead);
  const { container } = render(
    <>
      <DownloadButton token={done} />
      <DownloadButton token={dead} />
    </>,
  );
  const seen = new Set<string>();
  const look = () => {
    for (const element of container.querySelectorAll('*')) {
      for (const name of element.classList) seen.add(`.${name}`);
      for (const name of element.getAttributeNames()) {
        if (name.startsWith('data-')) seen.add(`[${name}]`);
      }
    }
  };
  new MutationObserver(look).observe(container, {
    attributes: true,
    childList: true,
    subtree: true,
  });
  await findButton(/^Link no longer works/);
  await page.user.click(await findButton(/^Download/));
  await screen.findByRole('progressbar');
  await findButton(/Save again$/);
  await waitFor(() => expect([...seen].sort()).toEqual(documented('Classes and attributes')));
});

it('the README’s custom properties are those of the style sheet', () => {
  const names = new Set(styles.match(/--artifact-download-[a-z-]+/g));
  expect([...names].sort()).toEqual(documented('Custom properties'));
});

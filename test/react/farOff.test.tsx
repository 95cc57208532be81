import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { artifactInspectionOptions, DownloadButton, useArtifactDownload } from '../../src/index.ts';
import { findButton, mockPage } from './mockedPage.tsx';

// jsdom lays nothing out: here every button is far off screen, until a test brings it near.
const page = mockPage();
const READY = /^Download plan\.pdf PDF · 2 MB$/;
const observed = new Set<Element>();
let bringNear: (element: Element) => void = () => {};

beforeEach(() => {
  observed.clear();
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(
    new DOMRect(0, 100_000, 100, 20),
  );
  // The library keeps one observer for as long as the page lives, so the tests must, too.
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: (entries: unknown[]) => void) {
        bringNear = (target) => {
          if (observed.has(target)) callback([{ isIntersecting: true, target }]);
        };
      }
      observe = (element: Element) => observed.add(element);
      unobserve = (element: Element) => observed.delete(element);
    },
  );
});
afterEach(() => void vi.restoreAllMocks());

const scrollTo = (element: Element) => act(async () => bringNear(element));
/** Long enough for a HEAD that should not have been sent. */
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 50)));

function OwnMarkup({ token, place }: { token: string; place: string }) {
  const { buttonProps, description } = useArtifactDownload({ token });
  return (
    <button {...buttonProps} key={place}>
      {description.label} {description.fileName}
    </button>
  );
}

it('E7 asks when it comes near, and not before', async () => {
  const token = page.issue();
  render(<DownloadButton token={token} />);
  await waitFor(() => expect(observed.size).toBe(1));
  await settle();
  expect(page.log(token)).toEqual([]);
  await scrollTo(screen.getByRole('button'));
  await findButton(READY);
  expect(observed.size).toBe(0);
});

it('E7 E10 an app that puts another element in the button’s place has that one waited for', async () => {
  const token = page.issue();
  const { rerender } = render(<OwnMarkup token={token} place="a" />);
  await waitFor(() => expect(observed.size).toBe(1));
  rerender(<OwnMarkup token={token} place="b" />);
  await scrollTo(screen.getByRole('button'));
  await findButton(/^Download plan\.pdf/);
});

it('E10 an app’s own inspection does not wait for a button', async () => {
  const token = page.issue();
  const client = new QueryClient();
  function Header() {
    return <p>{useQuery(artifactInspectionOptions({ token })).data?.status ?? 'waiting'}</p>;
  }
  const far = page.issue();
  render(
    <QueryClientProvider client={client}>
      <Header />
      <DownloadButton token={token} />
      <DownloadButton token={far} />
    </QueryClientProvider>,
  );
  await screen.findByText('available');
  await settle();
  expect(page.log(far)).toEqual([]);
});

it('E10 an app’s inspection that came to a waiting one goes on when the button has gone', async () => {
  const token = page.issue();
  const client = new QueryClient();
  function Header() {
    return <p>{useQuery(artifactInspectionOptions({ token })).data?.status ?? 'waiting'}</p>;
  }
  const ui = (hasButton: boolean) => (
    <QueryClientProvider client={client}>
      {hasButton && <DownloadButton token={token} />}
      <Header />
    </QueryClientProvider>
  );
  const { rerender } = render(ui(true));
  await waitFor(() => expect(observed.size).toBe(1));
  rerender(ui(false));
  await screen.findByText('available');
});

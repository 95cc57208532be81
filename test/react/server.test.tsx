import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { DownloadButton } from '../../src/index.ts';
import { findButton, mockPage } from './mockedPage.tsx';

const page = mockPage();
afterEach(() => vi.unstubAllGlobals());

const app = (token: string) => (
  <QueryClientProvider client={new QueryClient()}>
    <DownloadButton token={token} expiresAt={Date.now() + 60_000} fileName="plan.pdf" />
    <DownloadButton token={null} />
    <DownloadButton token="" />
  </QueryClientProvider>
);

it('E1 T4 renders on a server without a request, a style attribute, or the token', () => {
  const token = page.issue();
  vi.stubGlobal('document', undefined);
  const fetched = vi.spyOn(globalThis, 'fetch');
  const html = renderToString(app(token));
  expect(html).toContain('Checking link…');
  expect(html).toContain('Preparing download…');
  expect(html).not.toContain('style=');
  expect(html).not.toContain(token);
  expect(fetched).not.toHaveBeenCalled();
});

it('hydrates what the server sent without a warning, then asks', async () => {
  const token = page.issue();
  vi.stubGlobal('document', undefined);
  const html = renderToString(app(token));
  vi.unstubAllGlobals();
  const container = document.createElement('div');
  container.innerHTML = html;
  document.body.append(container);
  const complained = vi.spyOn(console, 'error');
  const recovered = vi.fn<() => void>();
  const root = await act(async () =>
    hydrateRoot(container, app(token), { onRecoverableError: recovered }),
  );
  await findButton(/^Download plan\.pdf/);
  expect(complained).not.toHaveBeenCalled();
  expect(recovered).not.toHaveBeenCalled();
  expect(page.log(token)).toEqual(['HEAD 200']);
  act(() => root.unmount());
  container.remove();
});

it('hydrates a second root as the server sent it, though the answer is known by then', async () => {
  const token = page.issue();
  const ui = <DownloadButton token={token} />;
  vi.stubGlobal('document', undefined);
  const html = renderToString(ui);
  vi.unstubAllGlobals();
  const recovered = vi.fn<() => void>();
  const roots = [];
  for (let i = 0; i < 2; i++) {
    const container = document.createElement('div');
    container.innerHTML = html;
    document.body.append(container);
    const button = container.querySelector('button');
    const root = await act(async () =>
      hydrateRoot(container, ui, { onRecoverableError: recovered }),
    );
    await vi.waitFor(() => expect(container).toHaveTextContent('Download plan.pdf PDF'));
    expect(container.querySelector('button')).toBe(button);
    roots.push({ root, container });
  }
  expect(recovered).not.toHaveBeenCalled();
  expect(page.log(token)).toEqual(['HEAD 200']);
  for (const { root, container } of roots) {
    act(() => root.unmount());
    container.remove();
  }
});

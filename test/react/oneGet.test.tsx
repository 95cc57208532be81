import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { StrictMode, useEffect } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { DownloadButton, useArtifactDownload, type ArtifactDownload } from '../../src/index.ts';
import { findButton, mockPage, renderStrictly } from './mockedPage.tsx';

const page = mockPage();

const gets = (token: string) => page.log(token).filter((line) => line.startsWith('GET'));

it('E1 sends nothing but HEAD for rendering, hovering, focusing, touching and remounting', async () => {
  const token = page.issue();
  const { rerender, unmount } = renderStrictly(<DownloadButton token={token} />);
  const button = await findButton(/^Download/);
  await page.user.hover(button);
  await page.user.tab();
  fireEvent.touchStart(button);
  fireEvent.pointerDown(button);
  fireEvent.contextMenu(button);
  rerender(<DownloadButton token={token} className="again" />);
  unmount();
  const { container } = renderStrictly(<DownloadButton token={token} />);
  await findButton(/^Download/);
  expect(gets(token)).toEqual([]);
  expect(container.querySelector('[href], [src]')).toBeNull();
});

it('E7 one HEAD for a token, however many buttons show it, also in StrictMode', async () => {
  const token = page.issue();
  renderStrictly(
    <>
      <DownloadButton token={token} />
      <DownloadButton token={token} />
      <DownloadButton token={token} />
    </>,
  );
  expect(await screen.findAllByRole('button', { name: /^Download/ })).toHaveLength(3);
  expect(page.log(token)).toEqual(['HEAD 200']);
});

it('E2 a double click, a triple click and two download() in a tick send one GET', async () => {
  for (const press of [
    (button: HTMLElement) => page.user.dblClick(button),
    (button: HTMLElement) => page.user.tripleClick(button),
    (button: HTMLElement) => {
      button.click();
      button.click();
      return Promise.resolve();
    },
  ]) {
    const token = page.issue();
    const { unmount } = renderStrictly(<DownloadButton token={token} />);
    await press(await findButton(/^Download/));
    await findButton(/Save again$/);
    expect(gets(token)).toEqual(['GET 200']);
    unmount();
  }
});

it('E2 the second click of a double click spends nothing, even when the first has failed by then', async () => {
  const token = page.issue();
  page.answer('GET', () => new Response(null, { status: 503 }), true);
  render(<DownloadButton token={token} />);
  const button = await findButton(/^Download/);
  fireEvent.click(button, { detail: 1 });
  await findButton(/Interrupted\. The link still works\./);
  fireEvent.click(button, { detail: 2 });
  await act(async () => {});
  expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200']);
  await page.user.click(button);
  await findButton(/Save again$/);
  expect(gets(token)).toEqual(['GET 200']);
});

it('E2 the second click of a double click saves nothing again, even when the first is done by then', async () => {
  const token = page.issue({ size: 5 });
  render(<DownloadButton token={token} />);
  const button = await findButton(/^Download/);
  fireEvent.click(button, { detail: 1 });
  await findButton(/Save again$/);
  fireEvent.click(button, { detail: 2 });
  expect(page.saved.files).toHaveLength(1);
});

it('E2 the second click of a double click cancels nothing, where Cancel has come under it', async () => {
  page.line({ bytesPerSecond: 4_000_000 });
  const token = page.issue();
  render(<DownloadButton token={token} />);
  fireEvent.click(await findButton(/^Download/), { detail: 1 });
  fireEvent.click(await findButton(/^Cancel/), { detail: 2 });
  await findButton(/Save again$/);
  expect(gets(token)).toEqual(['GET 200']);
});

it('E3 a browser that reports no network wrongly is believed until an answer proves it wrong', async () => {
  const token = page.issue();
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  render(<DownloadButton token={token} />);
  const button = await findButton(/^Download/);
  await page.user.click(button);
  await page.user.click(await findButton(/^Check again plan\.pdf You are offline\.$/));
  await page.user.click(await findButton(/^Download/));
  await findButton(/Save again$/);
  expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200', 'GET 200']);
});

it('E7 at most six HEADs are under way, however many buttons there are', async () => {
  let now = 0;
  let most = 0;
  page.answer('HEAD', async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 10));
    now--;
    return new Response(null, {
      headers: { 'Content-Disposition': 'attachment; filename="plan.pdf"' },
    });
  });
  render(Array.from({ length: 40 }, (_, i) => <DownloadButton key={i} token={page.issue()} />));
  await waitFor(() => expect(screen.getAllByText('Download')).toHaveLength(40), { timeout: 5_000 });
  expect(most).toBe(6);
});

describe('E10 what an app does to its QueryClient leaves no button that is stuck', () => {
  it.each([
    'clear',
    'removeQueries',
    'cancelQueries',
    'resetQueries',
    'invalidateQueries',
  ] as const)('%s() while ready', async (method) => {
    const token = page.issue();
    const client = new QueryClient();
    render(
      <QueryClientProvider client={client}>
        <DownloadButton token={token} />
      </QueryClientProvider>,
    );
    const button = await findButton(/^Download/);
    act(() => void client[method]());
    // At once, before anything has been asked anew.
    act(() => button.click());
    await waitFor(() => expect(button.textContent).toMatch(/^(Download|Sent)/));
    if (!page.saved.files.length) await page.user.click(await findButton(/^Download/));
    await findButton(/Save again$/);
    expect(gets(token)).toEqual(['GET 200']);
  });

  it.each(['clear', 'removeQueries', 'cancelQueries'] as const)(
    '%s() while checking',
    async (method) => {
      const token = page.issue();
      const client = new QueryClient();
      render(
        <QueryClientProvider client={client}>
          <DownloadButton token={token} />
          <DownloadButton token={token} />
        </QueryClientProvider>,
      );
      act(() => void client[method]());
      await waitFor(() =>
        expect(screen.getAllByRole('button', { name: /^Download/ })).toHaveLength(2),
      );
      expect(page.log(token).length).toBeLessThanOrEqual(3);
    },
  );
});

it('E2 a held Enter clicks once', async () => {
  const token = page.issue();
  render(<DownloadButton token={token} />);
  const button = await findButton(/^Download/);
  act(() => button.focus());
  await page.user.keyboard('{Enter>10/}');
  await findButton(/Save again$/);
  expect(gets(token)).toEqual(['GET 200']);
  // Had the repeats counted, the held key would have saved the file again and again.
  expect(page.saved.files).toHaveLength(1);
});

it('E2 two buttons with one token send one GET, and both show it', async () => {
  const token = page.issue();
  renderStrictly(
    <>
      <DownloadButton token={token} />
      <DownloadButton
        token={token}
        endpoint={`${location.origin}/api/open/v1/artifact-downloads`}
      />
    </>,
  );
  const buttons = await screen.findAllByRole('button', { name: /^Download/ });
  act(() => buttons.forEach((button) => button.click()));
  await waitFor(() =>
    expect(screen.getAllByRole('button', { name: /Save again$/ })).toHaveLength(2),
  );
  expect(gets(token)).toEqual(['GET 200']);
  expect(page.saved.files).toHaveLength(1);
});

it('E2 E3 hostile QueryClient defaults change nothing: one GET, and a dead token is asked once', async () => {
  const hostile = new QueryClient({
    defaultOptions: {
      queries: {
        retry: 5,
        retryDelay: 1,
        networkMode: 'online',
        refetchOnMount: 'always',
        staleTime: 0,
        refetchInterval: 5,
        throwOnError: true,
        enabled: false,
        select: () => 'nonsense',
        initialData: { status: 'available', metadata: null },
        placeholderData: { status: 'dead' },
        queryKeyHashFn: () => 'all the same',
        notifyOnChangeProps: [],
        persister: () => {
          throw new Error('stored');
        },
      },
      mutations: { retry: 3, networkMode: 'online' },
    },
  });
  const [alive, dead] = [page.issue(), page.issue()];
  page.service.consume(dead);
  render(
    <StrictMode>
      <QueryClientProvider client={hostile}>
        <DownloadButton token={alive} />
        <DownloadButton token={dead} />
      </QueryClientProvider>
    </StrictMode>,
  );
  await findButton(/^Link no longer works/);
  await page.user.click(await findButton(/^Download/));
  await findButton(/Save again$/);
  expect(page.log(alive)).toEqual(['HEAD 200', 'GET 200']);
  expect(page.log(dead)).toEqual(['HEAD 410']);
});

it('E3 a click while offline sends nothing, says so, and fires nothing later', async () => {
  const token = page.issue();
  render(<DownloadButton token={token} />);
  const button = await findButton(/^Download/);
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  await page.user.click(button);
  await findButton(/^Check again plan\.pdf You are offline\.$/);
  expect(page.log(token)).toEqual(['HEAD 200']);
  onLine.mockReturnValue(true);
  act(() => {
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
  });
  await findButton(/^Download/);
  expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200']);
});

it('asks although the browser reports no network: a server of one’s own may still be there', async () => {
  const token = page.issue();
  const queryClient = new QueryClient({ defaultOptions: { queries: { networkMode: 'online' } } });
  const { rerender } = render(<DownloadButton token={null} queryClient={queryClient} />);
  act(() => void dispatchEvent(new Event('offline')));
  rerender(<DownloadButton token={token} queryClient={queryClient} />);
  await findButton(/^Download/);
  act(() => void dispatchEvent(new Event('online')));
});

it('E8 a client given by prop, with no provider to mount it, hears of focus all the same', async () => {
  const token = page.issue();
  const queryClient = new QueryClient();
  render(<DownloadButton token={token} queryClient={queryClient} />);
  await findButton(/^Download/);
  act(() => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await waitFor(() => expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200']));
});

it('E3 GET is not retried after a failure, and HEAD alone says what may follow', async () => {
  for (const status of [408, 425, 429, 500, 502, 503]) {
    const token = page.issue();
    let count = 0;
    page.answer(
      'GET',
      () => (count++, new Response(null, { status, headers: { 'Retry-After': '0' } })),
    );
    const { unmount } = render(<DownloadButton token={token} />);
    await page.user.click(await findButton(/^Download plan/));
    await findButton(/Interrupted\. The link still works\./);
    expect(count).toBe(1);
    expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200']);
    unmount();
  }
});

it('E4 a HEAD from before the GET ended settles nothing', async () => {
  const token = page.issue();
  let ui: ArtifactDownload | undefined;
  function Probe() {
    ui = useArtifactDownload({ token });
    return <p>{ui.state.status}</p>;
  }
  render(<Probe />);
  await screen.findByText('ready');
  const answers: ((status: number) => void)[] = [];
  page.answer(
    'HEAD',
    () =>
      new Promise<Response>((resolve) => {
        answers.push((status) => resolve(new Response(null, { status })));
      }),
  );
  page.answer('GET', () => new Response(null, { status: 500 }));
  // A recheck is under way when the user clicks.
  act(() => ui?.recheck());
  await waitFor(() => expect(answers).toHaveLength(1));
  act(() => ui?.download());
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(ui?.state.status).toBe('checking');
  await act(async () => {
    answers[0]?.(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  expect(ui?.state.status).toBe('checking');
  act(() => answers[1]?.(410));
  await screen.findByText('failed');
  expect(ui?.state).toMatchObject({ status: 'failed', error: { name: 'HttpError', status: 500 } });
});

it('E6 completed, expired and failed ask nothing more by themselves', async () => {
  const [done, dead] = [page.issue(), page.issue()];
  page.service.expire(dead);
  render(
    <>
      <DownloadButton token={done} recheck={{ every: 20 }} />
      <DownloadButton token={dead} recheck={{ every: 20 }} />
    </>,
  );
  await findButton(/^Link no longer works/);
  await page.user.click(await findButton(/^Download/));
  await findButton(/Save again$/);
  const before = [...page.log(done), ...page.log(dead)];
  for (let i = 0; i < 5; i++) {
    act(() => {
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      dispatchEvent(new Event('online'));
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  expect([...page.log(done), ...page.log(dead)]).toEqual(before);
});

it('E8 a refocus and a reconnect inspect again; both can be turned off', async () => {
  const [asks, quiet] = [page.issue(), page.issue()];
  render(
    <>
      <DownloadButton token={asks} />
      <DownloadButton token={quiet} recheck={{ onFocus: false, onReconnect: false }} />
    </>,
  );
  await waitFor(() => expect(screen.getAllByRole('button', { name: /^Download/ })).toHaveLength(2));
  act(() => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await waitFor(() => expect(page.log(asks)).toHaveLength(2));
  act(() => {
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
  });
  await waitFor(() => expect(page.log(asks)).toHaveLength(3));
  page.service.expire(asks);
  act(() => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await findButton(/^Link no longer works/);
  expect(page.log(quiet)).toEqual(['HEAD 200']);
});

it('E2 a download() from an effect, in StrictMode, still sends one GET at most', async () => {
  const token = page.issue();
  function Hasty() {
    const { state, download } = useArtifactDownload({ token });
    useEffect(() => {
      if (state.status === 'ready') download();
    });
    return <p>{state.status}</p>;
  }
  renderStrictly(<Hasty />);
  await screen.findByText('completed');
  expect(gets(token)).toEqual(['GET 200']);
});

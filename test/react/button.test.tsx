import { act, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { createRef, useCallback, version } from 'react';
import { expect, it, vi } from 'vitest';
import { QueryClient } from '@tanstack/react-query';
import {
  ArtifactDownloadProvider,
  DownloadButton,
  type ArtifactDownloadOptions,
  type ArtifactDownloadState,
} from '../../src/index.ts';
import { expectInert, findButton, mockPage } from './mockedPage.tsx';

const page = mockPage();

it('passes ref, attributes and handlers on to the button, and adds its class', async () => {
  const ref = createRef<HTMLButtonElement>();
  const onClick = vi.fn<() => void>();
  render(
    <DownloadButton
      ref={ref}
      token={page.issue()}
      className="mine"
      style={{ color: 'red' }}
      id="the-button"
      data-testid="here"
      title="Hint"
      onClick={onClick}
    />,
  );
  const button = await findButton(/^Download/);
  expect(ref.current).toBe(button);
  expect(screen.getByTestId('here')).toBe(button);
  expect(button).toHaveClass('artifact-download-button', 'mine');
  expect(button).toHaveAttribute('id', 'the-button');
  expect(button).toHaveAttribute('type', 'button');
  expect(button).toHaveStyle({ color: 'rgb(255, 0, 0)' });
  await page.user.click(button);
  expect(onClick).toHaveBeenCalledOnce();
});

it('passes none of its own options on to the DOM', async () => {
  const complained = vi.spyOn(console, 'error');
  const all: Required<ArtifactDownloadOptions> = {
    token: page.issue(),
    endpoint: '/api/open/v1/artifact-downloads',
    fileName: 'own.pdf',
    expiresAt: Date.now() + 60_000,
    renewToken: async () => page.issue(),
    sink: 'downloads',
    labels: {},
    locale: 'en',
    recheck: { every: false },
    queryClient: new QueryClient(),
    stallTimeout: 1_000,
    whenUnmounted: 'keep',
    onStatusChange: () => {},
    onCompleted: () => {},
    onFailed: () => {},
  };
  render(<DownloadButton {...all} />);
  const button = await findButton(/^Download own\.pdf/);
  expect(button.getAttributeNames().sort()).toEqual(['class', 'type']);
  expect(complained).not.toHaveBeenCalled();
});

// Refs with a clean-up came with React 19.
it.skipIf(Number.parseInt(version, 10) < 19)(
  'takes callback refs with a clean-up, and lets go of both refs',
  async () => {
    const seen: (string | null)[] = [];
    function WithRef() {
      const ref = useCallback((element: HTMLButtonElement | null) => {
        seen.push(element && 'attached');
        return () => void seen.push('cleaned up');
      }, []);
      return <DownloadButton token={null} ref={ref} />;
    }
    render(<WithRef />).unmount();
    expect(seen).toEqual(['attached', 'cleaned up']);
  },
);

it('takes className and style as functions of the state', async () => {
  const token = page.issue();
  page.service.expire(token);
  render(
    <DownloadButton
      token={token}
      className={(state) => `is-${state.status}`}
      style={(state) => (state.status === 'expired' ? { opacity: 0.5 } : undefined)}
    />,
  );
  expect(screen.getByRole('button')).toHaveClass('is-checking');
  const button = await findButton(/^Link no longer works/);
  expect(button).toHaveClass('is-expired');
  expect(button).toHaveStyle({ opacity: '0.5' });
});

it('spends nothing when the app’s onClick prevents the default, or disables the button', async () => {
  const token = page.issue();
  const { rerender } = render(
    <DownloadButton token={token} onClick={(event) => event.preventDefault()} />,
  );
  await page.user.click(await findButton(/^Download/));
  rerender(<DownloadButton token={token} aria-disabled />);
  await page.user.click(screen.getByRole('button'));
  rerender(<DownloadButton token={token} disabled />);
  const button = screen.getByRole('button');
  expectInert(button);
  expect(button).not.toBeDisabled();
  await page.user.click(button);
  await act(async () => {});
  expect(page.log(token)).toEqual(['HEAD 200']);
  expect(screen.getByRole('button').textContent).toMatch(/^Download/);
});

it('never submits the form it stands in', async () => {
  const submit = vi.fn<() => void>();
  render(
    <form onSubmit={submit}>
      <DownloadButton token={page.issue()} />
    </form>,
  );
  const button = await findButton(/^Download/);
  const click = createEvent.click(button);
  fireEvent(button, click);
  await findButton(/Save again$/);
  expect(submit).not.toHaveBeenCalled();
});

it('A2 A4 names button, cancel and progress bar; the bar stands beside the button', async () => {
  page.line({ bytesPerSecond: 1_000_000 });
  render(<DownloadButton token={page.issue()} />);
  await page.user.click(await findButton(/^Download plan\.pdf PDF · 2 MB$/));
  const bar = await screen.findByRole('progressbar', { name: 'plan.pdf' });
  const button = await findButton(/^Downloading… plan\.pdf$/);
  expect(button).not.toContainElement(bar);
  await vi.waitFor(() => expect(Number(bar.getAttribute('aria-valuenow'))).toBeGreaterThan(10));
  expect(bar).toHaveAttribute('aria-valuetext', expect.stringMatching(/^\d+%\s· .+\sof\s2\sMB/));
  await page.user.click(await findButton(/^Cancel download of .plan\.pdf.$/));
  await findButton(/^Download canceled/);
});

it('A4 a bar of unknown length has no value', async () => {
  const token = page.issue();
  page.answer('HEAD', () => new Response(null, { status: 405 }));
  let end = () => {};
  page.answer('GET', () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(1_500_000));
        end = () => controller.close();
      },
    });
    return new Response(body);
  });
  render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download/));
  const bar = await screen.findByRole('progressbar');
  await vi.waitFor(() =>
    expect(bar).toHaveAttribute('aria-valuetext', '1.5\u00a0MB\u00a0received'),
  );
  expect(bar).not.toHaveAttribute('aria-valuenow');
  act(() => end());
  await findButton(/^Sent to your browser’s downloads download 1\.5 MB · Save again$/);
});

it('A3 has one status region, there before it speaks, with one message a change', async () => {
  page.line({ bytesPerSecond: 6_000_000 });
  const token = page.issue();
  render(<DownloadButton token={token} />);
  const region = screen.getByRole('status');
  const heard: string[] = [];
  new MutationObserver(() => heard.push(region.textContent)).observe(region, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  await page.user.click(await findButton(/^Download/));
  await findButton(/Save again$/);
  expect(screen.getByRole('status')).toBe(region);
  expect(heard[0]).toBe('Downloading \u2068plan.pdf\u2069.');
  expect(heard.at(-1)).toBe('Sent to your browser’s downloads: \u2068plan.pdf\u2069');
  expect(heard.length).toBeLessThanOrEqual(5);
  expect(new Set(heard).size).toBe(heard.length);
});

it('tells the app of each change, and of completion once', async () => {
  const token = page.issue();
  const statuses: string[] = [];
  const completed = vi.fn<(state: ArtifactDownloadState) => void>();
  const { rerender } = render(<DownloadButton token={null} />);
  const button = (
    <DownloadButton
      token={token}
      onStatusChange={({ status }) => statuses.push(status)}
      onCompleted={completed}
    />
  );
  rerender(button);
  await page.user.click(await findButton(/^Download/));
  await findButton(/Save again$/);
  await page.user.click(screen.getByRole('button'));
  rerender(button);
  expect(statuses).toEqual(['checking', 'ready', 'downloading', 'completed']);
  expect(completed).toHaveBeenCalledExactlyOnceWith({
    status: 'completed',
    fileName: 'plan.pdf',
    size: 2_048_576,
    delivery: 'handed-over',
    verified: true,
    held: true,
  });
  expect(JSON.stringify(completed.mock.calls)).not.toContain(token);
});

it('another token starts anew on the same node', async () => {
  const [first, second] = [page.issue(), page.issue({ fileName: 'other.pdf' })];
  const { rerender } = render(<DownloadButton token={first} />);
  const button = await findButton(/^Download plan/);
  await page.user.click(button);
  await findButton(/Save again$/);
  rerender(<DownloadButton token={second} />);
  expect(button).toHaveTextContent('Checking link…');
  expect(await findButton(/^Download other\.pdf/)).toBe(button);
  expect(page.log(second)).toEqual(['HEAD 200']);
});

it('takes labels, whole or in part, and formats in the locale', async () => {
  const token = page.issue({ size: 2_400_000 });
  render(
    <ArtifactDownloadProvider
      locale="de"
      labels={{ download: 'Herunterladen', saveAgain: 'Nochmals' }}
    >
      <DownloadButton token={token} labels={{ saveAgain: 'Noch einmal' }} />
    </ArtifactDownloadProvider>,
  );
  await page.user.click(await findButton(/^Herunterladen plan\.pdf PDF · 2,4\sMB$/));
  await findButton(/Noch einmal$/);
});

it('a provider sets what a subtree has in common; the nearest word counts', async () => {
  render(
    <ArtifactDownloadProvider
      endpoint="http://"
      labels={{ failed: 'outer', endpointError: 'outer' }}
    >
      <ArtifactDownloadProvider labels={{ endpointError: 'inner' }}>
        <DownloadButton token={page.issue()} />
        <DownloadButton token={page.issue()} endpoint="/api/open/v1/artifact-downloads" />
      </ArtifactDownloadProvider>
    </ArtifactDownloadProvider>,
  );
  await findButton(/^outer inner$/);
  await findButton(/^Download plan/);
});

it('A3 announces that it is ready to whoever waited for it', async () => {
  const token = page.issue();
  page.answer('HEAD', () => new Response(null, { status: 204 }), true);
  render(<DownloadButton token={token} />);
  const region = screen.getByRole('status');
  const button = await findButton(/^Check again/);
  expect(region).toHaveTextContent('The server gave an unexpected answer.');
  await page.user.click(button);
  await findButton(/^Download/);
  expect(region).toHaveTextContent('\u2068plan.pdf\u2069 is ready to download.');
});

import { act, render, screen, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { DownloadButton, type ArtifactDownloadState, type RenewToken } from '../../src/index.ts';
import {
  artifactResponse,
  expectInert,
  findButton,
  mockPage,
  renderStrictly,
} from './mockedPage.tsx';

const page = mockPage();

const READY = /^Download plan\.pdf PDF · 2 MB$/;
const DEAD = /^Link no longer works .*Get a new link$/;
const gets = (token: string) => page.log(token).filter((entry) => entry.startsWith('GET'));

function spent(): string {
  const token = page.issue();
  page.service.consume(token);
  return token;
}

/** Resolves when told to. */
function deferred<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

describe('a dead link', () => {
  it('A1 A6 offers a new one, which takes its place: same node, same focus, inspected, not downloaded', async () => {
    const token = spent();
    const fresh = page.issue();
    const renewToken = vi.fn<RenewToken>(async () => fresh);
    const states: ArtifactDownloadState[] = [];
    renderStrictly(
      <DownloadButton
        token={token}
        renewToken={renewToken}
        onStatusChange={(state) => states.push(state)}
      />,
    );
    const button = await findButton(DEAD);
    expectInert(button, false);
    await page.user.click(button);
    expect(await findButton(READY)).toBe(button);
    expect(button).toHaveFocus();
    expect(screen.getByRole('status').textContent).toMatch(/is ready to download/);
    expect(renewToken).toHaveBeenCalledExactlyOnceWith({
      reason: 'rejected',
      signal: expect.any(AbortSignal) as AbortSignal,
    });
    expect(page.log(fresh)).toEqual(['HEAD 200']);
    expect(states.map(({ status }) => status)).toEqual([
      'expired',
      'preparing',
      'checking',
      'ready',
    ]);

    await page.user.click(button);
    await findButton(/Save again$/);
    expect(page.log(fresh)).toEqual(['HEAD 200', 'GET 200']);
    expect(page.saved.files.map(({ fileName }) => fileName)).toEqual(['plan.pdf']);
  });

  it('is renewed once for a double click, and says meanwhile what is going on', async () => {
    const { promise, resolve } = deferred<string>();
    const renewToken = vi.fn<RenewToken>(() => promise);
    render(<DownloadButton token={spent()} renewToken={renewToken} />);
    const button = await findButton(DEAD);
    act(() => button.click());
    act(() => button.click());
    await page.user.dblClick(button);
    expect(button.textContent).toMatch(/^Getting a new link…/);
    expectInert(button);
    expect(renewToken).toHaveBeenCalledOnce();
    resolve(page.issue());
    await findButton(READY);
  });

  it('without renewToken asks the person for one', async () => {
    render(<DownloadButton token={spent()} />);
    expectInert(await findButton(/^Link no longer works .*Ask for a new link\.$/));
  });

  it('A6 lapsed: the new token brings its own end', async () => {
    const renewToken = async () => ({ token: page.issue(), expiresAt: Date.now() + 50_000 });
    const token = page.issue();
    render(<DownloadButton token={token} expiresAt={Date.now() - 1} renewToken={renewToken} />);
    await page.user.click(await findButton(/^Link expired Get a new link$|^Link expired · Get/));
    await findButton(/^Download plan\.pdf PDF · 2 MB · Link expires in \d+ sec/);
    expect(page.log(token)).toEqual([]);
  });

  it('lapsed: an old expiresAt says nothing of the new token, a changed one does', async () => {
    const past = Date.now() - 1;
    const fresh = page.issue();
    const renewToken = async () => fresh;
    const { rerender } = render(
      <DownloadButton token="old" expiresAt={past} renewToken={renewToken} />,
    );
    await page.user.click(await findButton(/^Link expired/));
    await findButton(READY);
    rerender(<DownloadButton token="old" expiresAt={past - 1_000} renewToken={renewToken} />);
    await findButton(/^Link expired/);
  });

  it('can be renewed again and again, each time by a click', async () => {
    const tokens = [spent(), spent(), page.issue()];
    const renewToken = vi.fn<RenewToken>(async () => tokens.shift() ?? '');
    render(<DownloadButton token={spent()} renewToken={renewToken} />);
    for (let times = 1; times <= 3; times += 1) {
      await page.user.click(await findButton(DEAD));
      await waitFor(() => expect(renewToken).toHaveBeenCalledTimes(times));
    }
    await findButton(READY);
  });

  it('malformed: can be renewed, too', async () => {
    render(<DownloadButton token=".." renewToken={async () => page.issue()} />);
    await page.user.click(await findButton(/^Link not valid/));
    await findButton(READY);
  });
});

describe('a click that finds its link dead', () => {
  it('E2 gets a new one and goes on, with one GET a token', async () => {
    const token = page.issue();
    const fresh = page.issue();
    const renewToken = vi.fn<RenewToken>(async () => fresh);
    render(<DownloadButton token={token} renewToken={renewToken} />);
    const button = await findButton(READY);
    page.service.consume(token);
    await page.user.click(button);
    expect(await findButton(/Save again$/)).toBe(button);
    expect(button).toHaveFocus();
    expect(page.log(token)).toEqual(['HEAD 200', 'GET 410']);
    expect(page.log(fresh)).toEqual(['HEAD 200', 'GET 200']);
    expect(renewToken).toHaveBeenCalledOnce();
  });

  it('also where the app passes the new token itself', async () => {
    const token = page.issue();
    const fresh = page.issue();
    function App() {
      const [current, setCurrent] = useState(token);
      return (
        <DownloadButton
          token={current}
          renewToken={async () => {
            setCurrent(fresh);
            await new Promise((resolve) => setTimeout(resolve, 30));
            return fresh;
          }}
        />
      );
    }
    renderStrictly(<App />);
    const button = await findButton(READY);
    page.service.consume(token);
    await page.user.click(button);
    await findButton(/Save again$/);
    expect(page.log(fresh)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('E2 does not go on with a token that the app put there for something else', async () => {
    const token = page.issue();
    const other = page.issue({ fileName: 'other.pdf' });
    const renewed = deferred<string>();
    const ui = (now: string) => <DownloadButton token={now} renewToken={() => renewed.promise} />;
    const { rerender } = render(ui(token));
    const button = await findButton(READY);
    page.service.consume(token);
    await page.user.click(button);
    await findButton(/^Getting a new link…/);
    rerender(ui(other));
    await findButton(/^Download other\.pdf/);
    await act(async () => renewed.resolve(page.issue()));
    await findButton(/^Download other\.pdf/);
    expect(gets(other)).toEqual([]);
  });

  it('is renewed once: a new link that is dead, too, is told and not renewed', async () => {
    const token = page.issue();
    const renewToken = vi.fn<RenewToken>(async () => spent());
    render(<DownloadButton token={token} renewToken={renewToken} />);
    const button = await findButton(READY);
    page.service.consume(token);
    await page.user.click(button);
    await findButton(DEAD);
    await act(async () => {});
    expect(renewToken).toHaveBeenCalledOnce();
  });

  it('is renewed once: nor is one that dies between its HEAD and its GET', async () => {
    const token = page.issue();
    const fresh = page.issue();
    const renewToken = vi.fn<RenewToken>(async () => fresh);
    render(<DownloadButton token={token} renewToken={renewToken} />);
    const button = await findButton(READY);
    page.answer('GET', () => new HttpResponse(null, { status: 410 }));
    await page.user.click(button);
    await findButton(DEAD);
    await act(async () => {});
    expect(renewToken).toHaveBeenCalledOnce();
  });

  it('E2 the going on is off once the button has gone', async () => {
    const token = page.issue();
    const fresh = page.issue();
    const renewed = deferred<string>();
    let signal: AbortSignal | undefined;
    const { unmount } = render(
      <DownloadButton
        token={token}
        renewToken={(request) => {
          ({ signal } = request);
          return renewed.promise;
        }}
      />,
    );
    const button = await findButton(READY);
    page.service.consume(token);
    await page.user.click(button);
    await findButton(/^Getting a new link…/);
    unmount();
    expect(signal?.aborted).toBe(true);
    renewed.resolve(fresh);
    render(<DownloadButton token={fresh} />);
    await findButton(READY);
    expect(gets(fresh)).toEqual([]);
  });
});

describe('E10 a renewal that fails', () => {
  it.each<[string, RenewToken]>([
    ['rejects', () => Promise.reject(new Error('no'))],
    [
      'throws',
      () => {
        throw new TypeError('no');
      },
    ],
    ['gives nothing', () => Promise.resolve(undefined as unknown as string)],
    ['gives an empty token', () => Promise.resolve('')],
    ['gives something else', () => Promise.resolve({ token: 7 } as unknown as string)],
    ['gives null', () => Promise.resolve(null as unknown as string)],
  ])('%s: words, and another try', async (_, renewToken) => {
    const fresh = page.issue();
    const failed = vi.fn();
    const ui = (renew: RenewToken) => (
      <DownloadButton token={'a'} renewToken={renew} onFailed={failed} />
    );
    const { rerender } = render(ui(renewToken));
    await page.user.click(await findButton(/Get a new link$/));
    const button = await findButton(/^Download failed No new link could be had\..*Get a new link$/);
    expect(screen.getByRole('status').textContent).toMatch(/No new link could be had/);
    expect(failed).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ recovery: 'renew', error: expect.any(Error) as Error }),
    );
    rerender(ui(async () => fresh));
    await page.user.click(button);
    expect(await findButton(READY)).toBe(button);
  });

  it('gives the same token: words', async () => {
    const token = spent();
    render(<DownloadButton token={token} renewToken={async () => token} />);
    await page.user.click(await findButton(DEAD));
    await findButton(/No new link could be had/);
    expect(page.log(token)).toEqual(['HEAD 410']);
  });

  it('hangs: given up after half a minute, the signal aborted, a late token not taken', async () => {
    const token = spent();
    const fresh = page.issue();
    const renewed = deferred<string>();
    let signal: AbortSignal | undefined;
    render(
      <DownloadButton
        token={token}
        renewToken={(request) => {
          ({ signal } = request);
          return renewed.promise;
        }}
      />,
    );
    const button = await findButton(DEAD);
    vi.useFakeTimers();
    act(() => button.click());
    await act(() => vi.advanceTimersByTimeAsync(29_000));
    expect(button.textContent).toMatch(/^Getting a new link…/);
    await act(() => vi.advanceTimersByTimeAsync(1_001));
    expect(button.textContent).toMatch(/No new link could be had/);
    expect(signal?.aborted).toBe(true);
    await act(async () => renewed.resolve(fresh));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(button.textContent).toMatch(/No new link could be had/);
    expect(page.log(fresh)).toEqual([]);
  });

  it('T1 an error that names the token is kept out of what the app is told', async () => {
    const token = spent();
    const failed = vi.fn<(state: Extract<ArtifactDownloadState, { status: 'failed' }>) => void>();
    render(
      <DownloadButton
        token={token}
        renewToken={() => Promise.reject(new Error(`could not renew ${token}`))}
        onFailed={failed}
      />,
    );
    await page.user.click(await findButton(DEAD));
    await waitFor(() => expect(failed).toHaveBeenCalled());
    const cause = failed.mock.calls[0]?.[0].error.cause;
    expect(cause).toMatchObject({ message: 'could not renew …' });
  });
});

it('a failed download with a spent token offers a new link', async () => {
  const token = page.issue();
  page.answer('GET', () => {
    page.service.consume(token);
    return HttpResponse.error();
  });
  render(<DownloadButton token={token} renewToken={async () => page.issue()} />);
  await page.user.click(await findButton(READY));
  const button = await findButton(/^Download failed .*can’t be reached.*Get a new link$/);
  await page.user.click(button);
  await findButton(READY);
});

describe('a token that the app passes meanwhile', () => {
  it('can be downloaded, though the old one’s renewal hangs', async () => {
    const fresh = page.issue();
    const renewToken = () => new Promise<string>(() => {});
    const { rerender } = render(<DownloadButton token={spent()} renewToken={renewToken} />);
    await page.user.click(await findButton(DEAD));
    await findButton(/^Getting a new link…/);
    rerender(<DownloadButton token={fresh} renewToken={renewToken} />);
    await page.user.click(await findButton(READY));
    await findButton(/Save again$/);
    expect(page.log(fresh)).toEqual(['HEAD 200', 'GET 200']);
  });

  it('can be renewed, though the old one’s renewal hangs', async () => {
    const fresh = page.issue();
    const signals: AbortSignal[] = [];
    const renewToken: RenewToken = ({ signal }) =>
      signals.push(signal) > 1 ? Promise.resolve(fresh) : new Promise<string>(() => {});
    const { rerender } = render(<DownloadButton token={spent()} renewToken={renewToken} />);
    await page.user.click(await findButton(DEAD));
    rerender(<DownloadButton token={spent()} renewToken={renewToken} />);
    await page.user.click(await findButton(DEAD));
    await findButton(READY);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('is not renewed for the old one’s death', async () => {
    const token = page.issue();
    const other = page.issue({ fileName: 'other.pdf' });
    const renewToken = vi.fn<RenewToken>(async () => page.issue());
    const { rerender } = render(<DownloadButton token={token} renewToken={renewToken} />);
    const button = await findButton(READY);
    let answer = () => {};
    page.answer('GET', async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return new HttpResponse(null, { status: 410 });
    });
    await page.user.click(button);
    rerender(<DownloadButton token={other} renewToken={renewToken} />);
    await findButton(/^Download other\.pdf/);
    await act(async () => answer());
    await act(async () => {});
    expect(renewToken).not.toHaveBeenCalled();
  });
});

it('E2 a click is no licence for ever: a token renewed for it, and inspected late, waits for another', async () => {
  const token = page.issue();
  const fresh = page.issue();
  render(<DownloadButton token={token} renewToken={async () => fresh} />);
  const button = await findButton(READY);
  page.service.consume(token);
  let answer = () => {};
  page.answer('HEAD', async () => {
    await new Promise<void>((resolve) => (answer = resolve));
    return artifactResponse(null, { 'Content-Length': '2048576' });
  });
  await page.user.click(button);
  await findButton(/^Checking link…/);
  const now = Date.now();
  vi.spyOn(Date, 'now').mockImplementation(() => now + 60_000);
  await act(async () => answer());
  await findButton(READY);
  expect(gets(fresh)).toEqual([]);
});

it('T1 neither of two tokens is told by the error of the second’s renewal', async () => {
  const first = spent();
  const second = spent();
  const failed = vi.fn<(state: Extract<ArtifactDownloadState, { status: 'failed' }>) => void>();
  const renewToken = vi
    .fn<RenewToken>()
    .mockResolvedValueOnce(second)
    .mockRejectedValueOnce(
      new Error(`${first} and ${second}`, { cause: new Error(`of ${first}`) }),
    );
  render(<DownloadButton token={first} renewToken={renewToken} onFailed={failed} />);
  await page.user.click(await findButton(DEAD));
  await waitFor(() => expect(page.log(second)).toEqual(['HEAD 410']));
  await page.user.click(await findButton(DEAD));
  await waitFor(() => expect(failed).toHaveBeenCalled());
  const cause = failed.mock.calls[0]?.[0].error.cause;
  expect(cause).toMatchObject({ message: '… and …', cause: { message: 'of …' } });
});

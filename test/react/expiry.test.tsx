import { act, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { DownloadButton } from '../../src/index.ts';
import { expectInert, findButton, mockPage } from './mockedPage.tsx';

const page = mockPage();

it('A6 says up front when the link expires, counts down near the end, and expires without a request', async () => {
  const token = page.issue();
  const expiresAt = Date.now() + 300_000;
  render(<DownloadButton token={token} expiresAt={expiresAt} locale="en-US" />);
  const button = await findButton(/^Download plan\.pdf PDF · 2 MB · Link works until \d/);
  vi.useFakeTimers({ now: Date.now() });
  // The timers of the first render are real ones; showing the page reads the clock again.
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  act(() => void vi.advanceTimersByTime(300_000 - 60_000));
  expect(button.textContent).toMatch(/Link expires in (59|60|61) sec/);
  act(() => void vi.advanceTimersByTime(40_000));
  expect(button.textContent).toMatch(/Link expires in (19|20|21) sec/);
  expectInert(button, false);
  act(() => void vi.advanceTimersByTime(21_000));
  expect(screen.getByRole('button')).toBe(button);
  expect(button).toHaveTextContent('Link expired plan.pdf Ask for a new link.');
  expectInert(button);
  expect(page.log(token)).toEqual(['HEAD 200']);
});

it('A6 A3 warns aloud, once, a minute before the end', async () => {
  const token = page.issue();
  const expiresAt = Date.now() + 300_000;
  vi.useFakeTimers({ now: Date.now(), shouldAdvanceTime: true });
  render(<DownloadButton token={token} expiresAt={expiresAt} />);
  await findButton(/^Download plan\.pdf/);
  const status = screen.getByRole('status');
  const said: string[] = [];
  const watching = new MutationObserver(() => said.push(status.textContent));
  watching.observe(status, { childList: true, characterData: true, subtree: true });
  vi.setSystemTime(expiresAt - 61_500);
  await act(() => vi.advanceTimersByTimeAsync(16_000));
  expect(status.textContent).toMatch(/plan\.pdf.* expires in less than a minute/);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  watching.disconnect();
  expect(said).toHaveLength(1);
});

it.each([
  ['slept through it', 300_000],
  ['was set forward', 3_600_000],
])('expires soon after the clock %s, of which no event tells', async (_, jump) => {
  const token = page.issue();
  const expiresAt = Date.now() + 200_000;
  vi.useFakeTimers({ now: Date.now(), shouldAdvanceTime: true });
  render(<DownloadButton token={token} expiresAt={expiresAt} />);
  const button = await findButton(/^Download plan\.pdf/);
  vi.setSystemTime(Date.now() + jump);
  await act(() => vi.advanceTimersByTimeAsync(16_000));
  expect(button.textContent).toMatch(/^Link expired/);
  // Set right again.
  vi.setSystemTime(expiresAt - 120_000);
  await act(() => vi.advanceTimersByTimeAsync(16_000));
  expect(button.textContent).toMatch(/^Download plan\.pdf/);
  expect(page.log(token).every((entry) => entry === 'HEAD 200')).toBe(true);
});

it.each([
  ['a Date', new Date(Date.now() - 1)],
  ['epoch milliseconds', Date.now() - 1],
  ['ISO 8601', new Date(Date.now() - 1).toISOString()],
])('an expiry in the past, as %s, asks nothing', async (_, expiresAt) => {
  const token = page.issue();
  render(<DownloadButton token={token} expiresAt={expiresAt} />);
  await findButton(/^Link expired Ask for a new link\.$/);
  expect(page.log(token)).toEqual([]);
});

it('a click at a moment when the clock has passed expiresAt, but no render has shown it, spends nothing', async () => {
  const token = page.issue();
  const expiresAt = Date.now() + 60_000;
  render(<DownloadButton token={token} expiresAt={expiresAt} />);
  const button = await findButton(/^Download/);
  vi.spyOn(Date, 'now').mockReturnValue(expiresAt + 1);
  act(() => button.click());
  await act(async () => {});
  expect(page.log(token)).toEqual(['HEAD 200']);
});

it('a download that has begun is not ended by the clock', async () => {
  page.line({ bytesPerSecond: 4_000_000 });
  const token = page.issue();
  render(<DownloadButton token={token} expiresAt={Date.now() + 400} />);
  await page.user.click(await findButton(/^Download/));
  await findButton(/Save again$/);
});

import { act, render, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { DownloadButton } from '../../src/index.ts';
import { allArtifactBytes } from '../../src/testing/index.ts';
import { expectInert, findButton, mockPage, renderStrictly } from './mockedPage.tsx';

const page = mockPage();

it('shows name, type and size, and saves the identical file on a click', async () => {
  const token = page.issue();
  renderStrictly(<DownloadButton token={token} />);
  const button = await findButton(/^Download plan\.pdf PDF · 2 MB$/);
  await page.user.click(button);
  expect(await findButton(/^Sent to your browser’s downloads plan\.pdf 2 MB · Save again$/)).toBe(
    button,
  );
  const [file] = page.saved.files;
  expect(page.saved.files).toHaveLength(1);
  expect(file?.fileName).toBe('plan.pdf');
  const bytes = new Uint8Array((await file?.blob.arrayBuffer()) ?? []);
  // Compared as text: a diff of two million numbers helps nobody.
  expect(Buffer.from(bytes).equals(allArtifactBytes(2_048_576, 'plan.pdf'))).toBe(true);
  expect(page.log(token)).toEqual(['HEAD 200', 'GET 200']);
});

it('A1 keeps one button node, focused, through the whole life', async () => {
  page.line({ bytesPerSecond: 8_000_000 });
  const { rerender, container } = render(<DownloadButton token={null} />);
  const button = screen.getByRole('button');
  expect(button).toHaveTextContent('Preparing download…');
  expectInert(button);
  act(() => button.focus());

  const token = page.issue();
  rerender(<DownloadButton token={token} />);
  expect(button).toHaveTextContent('Checking link…');
  await findButton(/^Download/);
  expectInert(button, false);

  await page.user.keyboard('{Enter}');
  const cancel = await findButton(/^Cancel download of .plan\.pdf.$/);
  expectInert(button);
  act(() => cancel.focus());
  await findButton(/Save again$/);
  expect(cancel).not.toBeInTheDocument();
  expect(screen.getAllByRole('button')).toEqual([button]);
  expect(container.ownerDocument.activeElement).toBe(button);
});

it('shows that the link is dead, and why it may be, without a name it does not know', async () => {
  const token = page.issue();
  page.service.consume(token);
  render(<DownloadButton token={token} />);
  const button = await findButton(
    /^Link no longer works Expired or already used\. Ask for a new link\.$/,
  );
  expectInert(button);
  await page.user.click(button);
  expect(page.log(token)).toEqual(['HEAD 410']);
});

it('E4 asks HEAD after a cancel, and says that the token is spent when it is', async () => {
  page.line({ bytesPerSecond: 500_000 });
  const token = page.issue();
  render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download/));
  await screen.findByRole('progressbar', { name: 'plan.pdf' });
  await page.user.click(await findButton(/^Cancel download/));
  await findButton(/^Download canceled plan\.pdf The link is used up\. Ask for a new link\.$/);
  expect(page.log(token)).toEqual(['HEAD 200', 'GET 200', 'HEAD 410']);
  expect(page.saved.files).toEqual([]);
});

it('E4 is ready again after a cancel that came before the server had spent the token', async () => {
  const token = page.issue();
  let reached = false;
  page.answer('GET', () => ((reached = true), new Promise<never>(() => {})), true);
  render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download/));
  await waitFor(() => expect(reached).toBe(true));
  await page.user.click(await findButton(/^Cancel/));
  const button = await findButton(
    /^Download plan\.pdf Canceled\. The link still works\. PDF · 2 MB$/,
  );
  expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200']);
  await page.user.click(button);
  await findButton(/Save again$/);
  expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200', 'GET 200']);
});

it('E9 a download outlives its button, and the next one shows it', async () => {
  page.line({ bytesPerSecond: 4_000_000 });
  const token = page.issue();
  const first = render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download/));
  await screen.findByRole('progressbar');
  first.unmount();
  render(<DownloadButton token={token} />);
  expect(screen.getByRole('button', { name: /^Downloading/ })).toBeInTheDocument();
  await findButton(/Save again$/);
  expect(page.saved.files).toHaveLength(1);
  expect(page.log(token)).toEqual(['HEAD 200', 'GET 200']);
});

it('E9 whenUnmounted="cancel" ends the download with its last button', async () => {
  page.line({ bytesPerSecond: 400_000 });
  const token = page.issue();
  const both = (
    <>
      <DownloadButton token={token} whenUnmounted="cancel" />
      <DownloadButton token={token} whenUnmounted="cancel" />
    </>
  );
  const { rerender } = renderStrictly(both);
  const [button] = await screen.findAllByRole('button', { name: /^Download plan/ });
  if (button) await page.user.click(button);
  await screen.findAllByRole('progressbar');
  rerender(<DownloadButton token={token} whenUnmounted="cancel" />);
  // What an effect's clean-up has put off would have happened by then.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(page.service.requests(token)[1]?.outcome).toBe('sending');
  expect(screen.getByRole('progressbar')).toBeInTheDocument();
  rerender(<p>elsewhere</p>);
  await waitFor(() => expect(page.service.requests(token)[1]?.outcome).toBe('aborted'));
  expect(page.saved.files).toEqual([]);
});

it('S5 saves again from the held bytes, without a request', async () => {
  const token = page.issue();
  render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download/));
  await page.user.click(await findButton(/Save again$/));
  expect(page.saved.files).toHaveLength(2);
  expect(page.log(token)).toEqual(['HEAD 200', 'GET 200']);
});

it('lets go of bytes that no button shows before it takes new ones in', async () => {
  const [first, second] = [page.issue(), page.issue({ fileName: 'other.pdf' })];
  const { rerender } = render(<DownloadButton token={first} />);
  await page.user.click(await findButton(/^Download plan/));
  await findButton(/Save again$/);
  rerender(<DownloadButton token={second} />);
  await page.user.click(await findButton(/^Download other/));
  await findButton(/Save again$/);
  rerender(<DownloadButton token={first} />);
  expectInert(await findButton(/^Sent to your browser’s downloads plan\.pdf 2 MB$/));
});

it('S6 hands over octets, whatever the server calls them, and revokes each object URL late', async () => {
  const token = page.service.issue({
    fileName: 'page.html',
    contentType: 'text/html',
    body: '<script>alert(1)</script>',
  });
  render(<DownloadButton token={token} />);
  const button = await findButton(/^Download page\.html/);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  button.click();
  await vi.waitFor(() => expect(page.saved.files).toHaveLength(1));
  expect(page.saved.files[0]?.blob.type).toBe('application/octet-stream');
  vi.advanceTimersByTime(30_000);
  expect(page.saved.liveUrls.size).toBe(1);
  vi.advanceTimersByTime(10 * 60_000);
  expect(page.saved.liveUrls.size).toBe(0);
});

it('S5 S8 keeps the bytes when the hand-over fails, guards them, and saves them when it works', async () => {
  const token = page.issue();
  render(<DownloadButton token={token} />);
  const button = await findButton(/^Download/);
  const click = vi.mocked(HTMLAnchorElement.prototype.click);
  const works = click.getMockImplementation();
  click.mockImplementation(() => {
    throw new Error('sandboxed');
  });
  await page.user.click(button);
  await findButton(/^Save again plan\.pdf The file could not be saved\.$/);
  expect(isLeavingGuarded()).toBe(true);
  await page.user.click(button);
  await findButton(/^Save again plan\.pdf The file could not be saved\.$/);
  click.mockImplementation(works ?? (() => {}));
  await page.user.click(button);
  await findButton(/Sent to your browser’s downloads/);
  expect(page.saved.files).toHaveLength(1);
  expect(isLeavingGuarded()).toBe(false);
  expect(page.log(token)).toEqual(['HEAD 200', 'GET 200']);
});

function isLeavingGuarded(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

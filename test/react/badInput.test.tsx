import { render, screen, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DownloadButton, type ArtifactDownloadState } from '../../src/index.ts';
import { artifactResponse, expectInert, findButton, mockPage } from './mockedPage.tsx';

const page = mockPage();
const warn = vi.fn<(message: string) => void>();
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(warn));
afterEach(() => warn.mockClear());

describe('T3 a token that cannot stand in a URL is expired: malformed, without a request or an echo', () => {
  it.each([
    ['empty', ''],
    ['one dot', '.'],
    ['two dots', '..'],
    ['a lone surrogate', 'tok\ud800en'],
    ['not a string', 42 as unknown as string],
    ['an object', { toString: () => 'x' } as unknown as string],
  ])('%s', async (_, token) => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const { container } = render(<DownloadButton token={token} />);
    const button = await findButton(
      /^Link not valid Incomplete or damaged\. Ask for a new link\.$/,
    );
    expectInert(button);
    await page.user.click(button);
    expect(fetched).not.toHaveBeenCalled();
    if (typeof token === 'string' && token.length > 2) {
      expect(container.innerHTML).not.toContain(token);
      expect(warn.mock.calls.join()).not.toContain(token);
    }
  });

  it('tells the developer, once', () => {
    // Said by one of the tests above already, and not again.
    render(<DownloadButton token="" />);
    expect(warn).not.toHaveBeenCalled();
  });
});

it('asks about a token of 10 kB like about any other', async () => {
  const token = 'x'.repeat(10_000);
  page.service.issue({ fileName: 'plan.pdf', contentType: 'application/pdf', size: 5, token });
  render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download plan\.pdf/));
  await findButton(/Save again$/);
});

it.each(['a/b', '../../etc', 'ü%20', '?x=1#y', '%2e%2e', ' spaced ', '𝒯oken'])(
  'T3 sends %j as one path segment, unchanged',
  async (token) => {
    page.service.issue({ fileName: 'plan.pdf', contentType: 'application/pdf', size: 5, token });
    render(<DownloadButton token={token} />);
    await page.user.click(await findButton(/^Download plan\.pdf/));
    await findButton(/Save again$/);
    expect(page.log(token)).toEqual(['HEAD 200', 'GET 200']);
  },
);

describe('an endpoint that is no URL fails with words, sends nothing, and names the remedy', () => {
  const secret = 'tok-canary-endpoint';
  it.each([
    ['empty', ''],
    ['no URL', 'http://'],
    ['a script', 'javascript:alert(1)//'],
    ['data', 'data:text/plain,'],
    ['a file', 'file:///etc'],
    ['with a user name', 'https://me:pw@files.example/api'],
    [
      'a function that throws the token',
      (token: string): string => {
        throw new Error(`no route for ${token}`);
      },
    ],
    ['a function that gives nonsense', () => `nonsense://${secret}`],
    ['a number', 5 as unknown as string],
  ])('%s', async (_, endpoint) => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const failed = vi.fn<(state: ArtifactDownloadState) => void>();
    render(<DownloadButton token={secret} endpoint={endpoint} onFailed={failed} />);
    const button = await findButton(/^Download failed This download is not set up correctly\.$/);
    expectInert(button);
    expect(fetched).not.toHaveBeenCalled();
    const [state] = failed.mock.lastCall ?? [];
    const error = state?.status === 'failed' ? state.error : undefined;
    expect(error?.name).toBe('EndpointError');
    expect(error?.message).toContain('Pass for example');
    expect(everything(error)).not.toContain(secret);
  });

  it('works once the app has corrected it', async () => {
    const token = page.issue();
    const { rerender } = render(<DownloadButton token={token} endpoint="http://" />);
    await findButton(/^Download failed/);
    rerender(<DownloadButton token={token} endpoint="/api/open/v1/artifact-downloads/" />);
    await findButton(/^Download plan\.pdf/);
  });
});

describe('a HEAD answered outside the contract is not "expired", and offers no GET', () => {
  it.each([
    ['a web page', () => new HttpResponse('<html>', { headers: { 'Content-Type': 'text/html' } })],
    ['204', () => new HttpResponse(null, { status: 204 })],
    ['206', () => artifactResponse(null, {}, 206)],
    ['304', () => new HttpResponse(null, { status: 304 })],
  ])('%s', async (_, answer) => {
    const token = page.issue();
    page.answer('HEAD', answer, true);
    render(<DownloadButton token={token} />);
    const button = await findButton(/^Check again The server gave an unexpected answer\.$/);
    expectInert(button, false);
    // The same button asks again, and only asks.
    await page.user.click(button);
    await findButton(/^Download plan\.pdf/);
    expect(page.log(token)).toEqual(['HEAD 200']);
  });

  it('no answer: looked into quietly once, then told', async () => {
    const token = page.issue();
    page.answer('HEAD', () => HttpResponse.error());
    render(<DownloadButton token={token} />);
    await findButton(/^Checking link/);
    const button = await screen.findByRole(
      'button',
      { name: /^Check again The server can’t be reached\.$/ },
      { timeout: 5_000 },
    );
    expect(screen.getByRole('status')).toHaveTextContent('The server can’t be reached.');
    page.line({});
    // The quick tries go on behind the words; whoever does not want to wait asks at once.
    await page.user.click(button);
    await findButton(/^Download plan\.pdf/);
  });

  it('503 with Retry-After tells when it asks again', async () => {
    const token = page.issue();
    page.answer(
      'HEAD',
      () => new HttpResponse(null, { status: 503, headers: { 'Retry-After': '60' } }),
      true,
    );
    const changes = vi.fn<(state: ArtifactDownloadState) => void>();
    render(<DownloadButton token={token} onStatusChange={changes} />);
    await findButton(/^Check again The server can’t answer now\. Trying again at \d/);
    const [state] = changes.mock.lastCall ?? [];
    expect(state).toMatchObject({ status: 'unreachable', offline: false });
    const retryAt = state?.status === 'unreachable' ? (state.retryAt ?? 0) : 0;
    expect(Math.abs(retryAt - Date.now() - 60_000)).toBeLessThan(5_000);
  });

  it.each([405, 501])(
    '%d: the server cannot inspect, and the button works without details',
    async (status) => {
      const token = page.issue();
      page.answer('HEAD', () => new HttpResponse(null, { status }));
      render(<DownloadButton token={token} />);
      await page.user.click(await findButton(/^Download File details are not available$/));
      await findButton(/plan\.pdf .*Save again$/);
      expect(page.saved.files[0]?.fileName).toBe('plan.pdf');
    },
  );
});

describe('S3 only a 200 that is the artifact is saved', () => {
  it.each([
    [
      'a web page',
      () => new HttpResponse('<html>log in', { headers: { 'Content-Type': 'text/html' } }),
    ],
    ['204', () => new HttpResponse(null, { status: 204 })],
    ['206', () => artifactResponse('part', {}, 206)],
    ['304', () => new HttpResponse(null, { status: 304 })],
    ['500 with a body', () => new HttpResponse('oops', { status: 500 })],
    ['nothing', () => HttpResponse.error()],
  ])('%s at GET: nothing saved, HEAD asked, ready again', async (_, answer) => {
    const token = page.issue();
    page.answer('GET', answer, true);
    render(<DownloadButton token={token} />);
    await page.user.click(await findButton(/^Download/));
    await findButton(/^Download plan\.pdf Interrupted\. The link still works\./);
    expect(page.saved.files).toEqual([]);
    expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200']);
  });

  it.each([400, 401, 403, 404, 406, 409, 410, 422, 451])(
    '%d at GET: dead, nothing asked',
    async (status) => {
      const token = page.issue();
      page.answer('GET', () => new HttpResponse('gone', { status }));
      render(<DownloadButton token={token} />);
      await page.user.click(await findButton(/^Download/));
      await findButton(/^Link no longer works plan\.pdf/);
      expect(page.log(token)).toEqual(['HEAD 200']);
      expect(page.saved.files).toEqual([]);
    },
  );

  it.each([405, 501])('%d at GET: failed, with no way on', async (status) => {
    const token = page.issue();
    page.answer('GET', () => new HttpResponse(null, { status }));
    render(<DownloadButton token={token} />);
    await page.user.click(await findButton(/^Download/));
    expectInert(
      await findButton(/^Download failed plan\.pdf The server gave an unexpected answer\./),
    );
    expect(page.log(token)).toEqual(['HEAD 200']);
  });

  it('a body that ends early without an error is not complete', async () => {
    const token = page.issue({ size: 10 });
    page.answer('GET', () => {
      page.service.consume(token);
      return artifactResponse('short');
    });
    render(<DownloadButton token={token} />);
    await page.user.click(await findButton(/^Download/));
    await findButton(
      /^Download failed plan\.pdf Only a part of the file came\. Ask for a new link\.$/,
    );
    expect(page.saved.files).toEqual([]);
  });
});

it('a failure carries words for the person, a message for the developer, and no token', async () => {
  const token = 'tok-canary-failure';
  page.service.issue({ fileName: 'plan.pdf', contentType: 'application/pdf', size: 5, token });
  page.answer('GET', () => {
    page.service.consume(token);
    throw new Error(`proxy could not reach /${token}`);
  });
  const failed = vi.fn<(state: ArtifactDownloadState) => void>();
  const { container } = render(<DownloadButton token={token} onFailed={failed} />);
  await page.user.click(await findButton(/^Download/));
  await waitFor(() => expect(failed).toHaveBeenCalledOnce());
  const [state] = failed.mock.lastCall ?? [];
  const error = state?.status === 'failed' ? state.error : undefined;
  expect(error?.message).toMatch(/GET was answered 500/);
  expect(everything(error)).not.toContain(token);
  expect(container.innerHTML).not.toContain(token);
});

it('falls back to a name of its own, with the ending of the type, when the server tells none', async () => {
  const token = page.issue();
  page.answer(
    'HEAD',
    () => new HttpResponse(null, { headers: { 'Content-Type': 'application/pdf' } }),
  );
  render(<DownloadButton token={token} endpoint={(t) => `/api/open/v1/artifact-downloads/${t}`} />);
  await page.user.click(await findButton(/^Download download\.pdf PDF$/));
  await findButton(/download\.pdf .*Save again$/);
  // N3: the name shown is the name saved, although GET knew another one.
  expect(page.saved.files[0]?.fileName).toBe('download.pdf');
});

it('the app’s own fileName wins, made safe', async () => {
  const token = page.issue();
  render(<DownloadButton token={token} fileName={'../Grundriß\u202e.pdf'} />);
  await page.user.click(await findButton(/^Download _Grundriß_\.pdf PDF/));
  await findButton(/_Grundriß_\.pdf .*Save again$/);
  expect(page.saved.files[0]?.fileName).toBe('_Grundriß_.pdf');
});

it.each([Number.NaN, 'soon', new Date(Number.NaN)])(
  'leaves out an expiresAt that is no time: %s',
  async (at) => {
    render(<DownloadButton token={page.issue()} expiresAt={at} />);
    await findButton(/^Download plan\.pdf PDF · 2 MB$/);
  },
);

it.each(['xx_not a locale!', '', 'de-DE-u-nu-latn'])('takes any locale: %j', async (locale) => {
  render(<DownloadButton token={page.issue()} locale={locale} />);
  await findButton(/^Download plan\.pdf PDF · 2 MB$/);
});

/** All that an error tracker would find in an error. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [
    error.name,
    error.message,
    error.stack,
    JSON.stringify(error),
    everything(error.cause),
  ].join();
}

it('labels with gaps, or that are no text, leave the English words', async () => {
  const token = page.issue();
  page.line({ bytesPerSecond: 4_000_000 });
  const labels = {
    download: undefined,
    cancelFile: undefined,
    receivedOf: 5,
    saveAgain: null,
  } as never;
  render(<DownloadButton token={token} labels={labels} />);
  await page.user.click(await findButton(/^Download plan\.pdf/));
  await findButton(/^Cancel download of/);
  await findButton(/Save again$/);
});

it.each(['', '   '])('a blank fileName (%j) is none', async (fileName) => {
  render(<DownloadButton token={page.issue()} fileName={fileName} />);
  await findButton(/^Download plan\.pdf PDF · 2 MB$/);
});

it('shows the app’s name for the file where the server can’t tell one', async () => {
  const token = page.issue();
  page.answer('HEAD', () => new HttpResponse(null, { status: 405 }));
  render(<DownloadButton token={token} fileName="My plan.pdf" />);
  await page.user.click(await findButton(/^Download My plan\.pdf PDF$/));
  await findButton(/My plan\.pdf .*Save again$/);
});

it('N2 a server that names the file after the token does not make us show it', async () => {
  const token = 'tok-canary-in-the-name';
  page.service.issue({ fileName: `${token}.pdf`, contentType: 'application/pdf', size: 5, token });
  const { container } = render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download download\.pdf PDF/));
  await findButton(/Save again$/);
  expect(container.innerHTML).not.toContain(token);
  expect(page.saved.files[0]?.fileName).toBe('download.pdf');
});

it.each([
  ['an error told in JSON', { 'Content-Type': 'application/json' }],
  ['a page', { 'Content-Type': 'text/html' }],
])('S3 a GET that contradicts the type HEAD gave is not saved: %s', async (_, headers) => {
  const token = page.issue();
  page.answer('GET', () => new HttpResponse('{"error":"session"}', { headers }));
  render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download/));
  await findButton(/Interrupted\. The link still works\./);
  expect(page.saved.files).toEqual([]);
});

it('S3 a GET that calls the same file octets is saved', async () => {
  const token = page.issue({ size: 5 });
  page.answer(
    'GET',
    () => new HttpResponse('01234', { headers: { 'Content-Type': 'application/octet-stream' } }),
  );
  render(<DownloadButton token={token} />);
  await page.user.click(await findButton(/^Download/));
  await findButton(/Save again$/);
});

it('a callback that throws is told as an uncaught error, and takes nothing away', async () => {
  const token = page.issue();
  const reported = vi.fn<(error: unknown) => void>();
  vi.stubGlobal('reportError', reported);
  render(
    <DownloadButton
      token={token}
      onStatusChange={() => {
        throw new Error('the app’s');
      }}
    />,
  );
  await findButton(/^Download plan\.pdf/);
  expect(reported).toHaveBeenCalledWith(expect.objectContaining({ message: 'the app’s' }));
  vi.unstubAllGlobals();
});

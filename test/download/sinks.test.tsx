import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  HeldBytesError,
  useArtifactDownload,
  type ArtifactDownloadOptions,
  type ArtifactDownloadState,
  type DownloadSink,
} from '../../src/index.ts';
import { artifactHeaders, scriptServer } from './scriptedServer.ts';

const server = scriptServer();
let count = 0;
let token = '';
beforeEach(() => void (token = `tok-canary-${count++}`));
afterEach(() => vi.restoreAllMocks());

/** Runs a hook until it is ready. */
async function ready(options: Partial<ArtifactDownloadOptions>) {
  const hook = renderHook(() =>
    useArtifactDownload({ token, endpoint: server.endpoint, ...options }),
  );
  await waitFor(() => expect(hook.result.current.state.status).toBe('ready'));
  return {
    now: () => hook.result.current,
    start: () => act(() => hook.result.current.download()),
    async until(status: ArtifactDownloadState['status']) {
      await waitFor(() => expect(hook.result.current.state.status).toBe(status), {
        timeout: 5_000,
      });
      return hook.result.current.state;
    },
  };
}

/** A sink that keeps what it is given. */
function memorySink(writable: UnderlyingSink<Uint8Array> = {}) {
  const kept: number[] = [];
  const calls: string[] = [];
  const sink: DownloadSink = {
    open({ fileName, contentType, size }) {
      calls.push(`open ${fileName} ${contentType} ${size} after ${server.asked.join()}`);
      return {
        writable: new WritableStream<Uint8Array>({
          write: (chunk) => void kept.push(...chunk),
          close: () => void calls.push('close'),
          abort: () => void calls.push('abort'),
          ...writable,
        }),
      };
    },
  };
  return { sink, kept, calls };
}

it('S1 S4 an app’s sink is opened before the GET, gets every byte, and "saved" means closed', async () => {
  const { sink, kept, calls } = memorySink();
  const download = await ready({ sink });
  download.start();
  expect(await download.until('completed')).toEqual({
    status: 'completed',
    fileName: 'plan.pdf',
    size: 10,
    delivery: 'saved',
    verified: true,
    held: false,
  });
  expect(String.fromCharCode(...kept)).toBe('0123456789');
  expect(calls).toEqual(['open plan.pdf application/pdf 10 after HEAD', 'close']);
});

it('P2 nothing is awaited between the click and the GET when the destination is there', async () => {
  const download = await ready({ sink: memorySink().sink });
  const fetched = vi.spyOn(globalThis, 'fetch');
  act(() => {
    download.now().download();
    expect(fetched).toHaveBeenCalledOnce();
  });
  const [url, init] = fetched.mock.lastCall ?? [];
  expect(url).toBe(`${server.endpoint}/${token}`);
  // T2, to the letter: whatever else were set would be a leak or a second request.
  expect({ ...init, signal: null }).toEqual({
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'follow',
    signal: null,
  });
  await download.until('completed');
});

describe('S1 a destination that can’t be had costs no token', () => {
  it('dismissed dialog', async () => {
    const open = () =>
      Promise.reject(new DOMException('The user aborted a request.', 'AbortError'));
    const download = await ready({ sink: { open } });
    download.start();
    expect(download.now().state).toMatchObject({ status: 'downloading', phase: 'choosing' });
    expect(await download.until('ready')).toMatchObject({ notice: 'canceled', error: null });
    expect(server.asked).toEqual(['HEAD']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new DOMException(`no gesture for ${token}`, 'SecurityError');
      },
    ],
    ['rejects', () => Promise.reject(new DOMException(`not allowed: ${token}`, 'NotAllowedError'))],
    ['gives nothing', () => undefined as never],
    [
      'gives a writable in use',
      () => {
        const writable = new WritableStream<Uint8Array>();
        writable.getWriter();
        return { writable };
      },
    ],
  ])('%s', async (_, open) => {
    const download = await ready({ sink: { open } });
    download.start();
    await waitFor(() => expect(download.now().state).toMatchObject({ notice: 'interrupted' }));
    const state = download.now().state;
    expect(state).toMatchObject({ status: 'ready', error: { name: 'SaveError', step: 'open' } });
    const error = state.status === 'ready' ? state.error : null;
    expect(
      `${error?.message} ${String(error?.cause)} ${(error?.cause as Error | undefined)?.stack}`,
    ).not.toContain(token);
    expect(server.asked).toEqual(['HEAD']);
  });

  it('canceled while it opens: given back unused when it comes', async () => {
    const { sink, calls } = memorySink();
    let come = () => {};
    const download = await ready({
      sink: {
        open: (file) => new Promise((resolve) => (come = () => resolve(sink.open(file)))),
      },
    });
    download.start();
    act(() => download.now().cancel());
    expect(await download.until('ready')).toMatchObject({ notice: 'canceled' });
    come();
    await waitFor(() => expect(calls).toContain('abort'));
    expect(server.asked).toEqual(['HEAD']);
  });
});

it('E2 a sink that calls back into download() does not start a second one', async () => {
  const { sink } = memorySink();
  const download = await ready({
    sink: {
      open(file) {
        download.now().download();
        return sink.open(file);
      },
    },
  });
  download.start();
  await download.until('completed');
  expect(server.asked).toEqual(['HEAD', 'GET']);
});

it.each(['write', 'close'] as const)(
  'E4 a sink that fails to %s: nothing is claimed, HEAD is asked, and the token is named nowhere',
  async (step) => {
    const fail = () =>
      Promise.reject(new DOMException(`disk full at ${token}`, 'QuotaExceededError'));
    // More chunks than one, or the failure to write would only show at the end.
    const chunk = 'x'.repeat(1 << 20);
    server.head = (response) => response.writeHead(200, artifactHeaders(8 << 20)).end();
    server.get = (response) => {
      server.head = (next) => next.writeHead(410).end();
      response.writeHead(200, artifactHeaders(8 << 20));
      for (let i = 0; i < 8; i++) response.write(chunk);
      response.end();
    };
    const download = await ready({ sink: memorySink({ [step]: fail }).sink });
    download.start();
    const state = await download.until('failed');
    expect(state).toMatchObject({ recovery: 'none', error: { name: 'SaveError', step } });
    const error = state.status === 'failed' ? state.error : null;
    expect(`${error?.message} ${String(error?.cause)}`).not.toContain(token);
    expect(server.asked).toEqual(['HEAD', 'GET', 'HEAD']);
  },
);

it('S5 a hand-over that fails with the bytes held can be tried again, without a request', async () => {
  let tries = 0;
  const again = () => {
    if (++tries < 2) throw new Error(`still not, ${token}`);
  };
  const { sink } = memorySink();
  const download = await ready({
    sink: {
      open: (file) => ({
        ...(sink.open(file) as { writable: WritableStream<Uint8Array> }),
        deliver: () => Promise.reject(new HeldBytesError(again, { cause: new Error('no') })),
      }),
    },
  });
  download.start();
  expect(await download.until('failed')).toMatchObject({ recovery: 'save-again' });
  await act(async () => download.now().saveAgain());
  expect(tries).toBe(1);
  expect(download.now().state).toMatchObject({ status: 'failed', recovery: 'save-again' });
  act(() => download.now().saveAgain());
  expect(await download.until('completed')).toMatchObject({ held: true });
  expect(server.asked).toEqual(['HEAD', 'GET']);
});

it('E10 a slow disk is not a stall', async () => {
  // Each write takes longer than the network may be silent.
  const write = () => new Promise<void>((resolve) => setTimeout(resolve, 300));
  const size = 3 << 16;
  server.head = (response) => response.writeHead(200, artifactHeaders(size)).end();
  server.get = (response) => {
    response.writeHead(200, artifactHeaders(size));
    for (let i = 0; i < 3; i++) setTimeout(() => response.write(Buffer.alloc(1 << 16)), i * 20);
    setTimeout(() => response.end(), 60);
  };
  const download = await ready({ sink: memorySink({ write }).sink, stallTimeout: 100 });
  download.start();
  expect(await download.until('completed')).toMatchObject({ verified: true });
});

it('S9 a cancel does not wait for a disk that hangs', async () => {
  const size = 64 << 16;
  const write = vi.fn<() => Promise<void>>(() => new Promise(() => {}));
  server.head = (response) => response.writeHead(200, artifactHeaders(size)).end();
  server.get = (response) => {
    server.head = (next) => next.writeHead(410).end();
    response.writeHead(200, artifactHeaders(size)).end(Buffer.alloc(size));
  };
  const download = await ready({ sink: memorySink({ write }).sink });
  download.start();
  await waitFor(() => expect(write).toHaveBeenCalled());
  act(() => download.now().cancel());
  expect(await download.until('expired')).toMatchObject({ reason: 'canceled' });
});

it.each(['close', 'deliver'] as const)(
  'S9 a cancel ends a destination whose %s hangs',
  async (step) => {
    const never = () => new Promise<never>(() => {});
    const { sink } = memorySink(step === 'close' ? { close: never } : {});
    server.get = (response) => {
      server.head = (next) => next.writeHead(410).end();
      response.writeHead(200, artifactHeaders(10)).end('0123456789');
    };
    const hanging: DownloadSink = {
      open: (file) => ({
        ...(sink.open(file) as { writable: WritableStream<Uint8Array> }),
        ...(step === 'deliver' ? { deliver: never } : {}),
      }),
    };
    const download = await ready({ sink: hanging });
    download.start();
    await waitFor(() => expect(download.now().state).toMatchObject({ phase: 'saving' }));
    act(() => download.now().cancel());
    expect(await download.until('expired')).toMatchObject({ reason: 'canceled' });
    expect(dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(true);
  },
);

it.each([42, null, { delivery: 'banana' }])(
  'S4 a destination that delivers %j has been closed, and that is all that is said',
  async (nonsense) => {
    const { sink } = memorySink();
    const download = await ready({
      sink: {
        open: (file) => ({
          ...(sink.open(file) as { writable: WritableStream<Uint8Array> }),
          deliver: () => nonsense as never,
        }),
      },
    });
    download.start();
    expect(await download.until('completed')).toMatchObject({ delivery: 'saved', held: false });
  },
);

it('S5 a save-again that fails later is a failure, too', async () => {
  const { sink } = memorySink();
  const download = await ready({
    sink: {
      open: (file) => ({
        ...(sink.open(file) as { writable: WritableStream<Uint8Array> }),
        deliver: () => ({
          delivery: 'saved',
          saveAgain: () => Promise.reject(new Error('gone')),
        }),
      }),
    },
  });
  download.start();
  await download.until('completed');
  act(() => download.now().saveAgain());
  expect(await download.until('failed')).toMatchObject({ recovery: 'save-again' });
});

it.each(['folder', 7, () => {}, {}])('S1 a sink that is none (%s) costs no token', async (sink) => {
  const download = await ready({ sink: sink as never });
  download.start();
  await waitFor(() =>
    expect(download.now().state).toMatchObject({ error: { name: 'SaveError', step: 'open' } }),
  );
  expect(download.now().description.message).toMatch(
    /^The file could not be saved\. The link still works\./,
  );
  expect(server.asked).toEqual(['HEAD']);
});

it('E10 an error that can’t even be read leaves nothing running', async () => {
  const unreadable = {
    get name(): string {
      throw new Error('no name');
    },
    message: '',
  };
  const download = await ready({
    sink: {
      open() {
        throw unreadable;
      },
    },
  });
  download.start();
  await waitFor(() =>
    expect(download.now().state).toMatchObject({ status: 'ready', notice: 'interrupted' }),
  );
});

it('S2 a destination with buffers of its own is read into them, and gets every byte', async () => {
  const size = 5_000_000;
  const bytes = Buffer.alloc(size, 'every byte has its place ');
  server.head = (response) => response.writeHead(200, artifactHeaders(size)).end();
  server.get = (response) => response.writeHead(200, artifactHeaders(size)).end(bytes);
  const free = [new ArrayBuffer(70_000), new ArrayBuffer(70_000)];
  const waiting: ((buffer: ArrayBuffer) => void)[] = [];
  const kept: Uint8Array[] = [];
  const sink: DownloadSink = {
    open: () => ({
      buffers: {
        take: async () => free.pop() ?? new Promise((resolve) => waiting.push(resolve)),
      },
      writable: new WritableStream<Uint8Array<ArrayBuffer>>({
        async write(chunk) {
          kept.push(chunk.slice());
          // As a worker gives it back: the same memory, in another object.
          const buffer = structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
          await new Promise((resolve) => setTimeout(resolve));
          const next = waiting.shift();
          if (next) next(buffer);
          else free.push(buffer);
        },
      }),
    }),
  };
  const download = await ready({ sink });
  download.start();
  expect(await download.until('completed')).toMatchObject({ size, verified: true });
  expect(Buffer.concat(kept).equals(bytes)).toBe(true);
  // All but the last came in whole buffers: none was made beside the two.
  expect(new Set(kept.slice(0, -1).map(({ length }) => length))).toEqual(new Set([70_000]));
});

it('S2 buffers that never come back fail with what the destination failed with', async () => {
  server.get = (response) => {
    server.head = (next) => next.writeHead(410).end();
    response.writeHead(200, artifactHeaders(10)).end('0123456789');
  };
  const { sink } = memorySink();
  const download = await ready({
    sink: {
      open: (file) => ({
        ...(sink.open(file) as { writable: WritableStream<Uint8Array> }),
        buffers: { take: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) },
      }),
    },
  });
  download.start();
  expect(await download.until('failed')).toMatchObject({
    error: { name: 'SaveError', step: 'write' },
  });
  expect(download.now().description.message).toMatch(/Not enough space/);
});

it('S9 a cancel ends a destination that gives no buffer', async () => {
  server.get = (response) => {
    server.head = (next) => next.writeHead(410).end();
    response.writeHead(200, artifactHeaders(10)).end('0123456789');
  };
  const { sink } = memorySink();
  const take = vi.fn<() => Promise<ArrayBuffer>>(() => new Promise(() => {}));
  const download = await ready({
    sink: {
      open: (file) => ({
        ...(sink.open(file) as { writable: WritableStream<Uint8Array> }),
        buffers: { take },
      }),
    },
  });
  download.start();
  await waitFor(() => expect(take).toHaveBeenCalled());
  act(() => download.now().cancel());
  expect(await download.until('expired')).toMatchObject({ reason: 'canceled' });
});

it('S8 leaving is not asked about before the GET; S6 what is delivered too late is released', async () => {
  const leave = () => dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const released = vi.fn<() => void>();
  const { sink } = memorySink();
  let open = () => {};
  let deliver = () => {};
  const download = await ready({
    sink: {
      open: (file) =>
        new Promise((resolve) => {
          open = () =>
            resolve({
              ...(sink.open(file) as { writable: WritableStream<Uint8Array> }),
              deliver: () =>
                new Promise((delivered) => {
                  deliver = () =>
                    delivered({ delivery: 'saved', saveAgain: () => {}, release: released });
                }),
            });
        }),
    },
  });
  server.get = (response) => {
    server.head = (next) => next.writeHead(410).end();
    response.writeHead(200, artifactHeaders(10)).end('0123456789');
  };
  download.start();
  expect(leave()).toBe(true);
  await act(async () => open());
  await waitFor(() => expect(download.now().state).toMatchObject({ phase: 'saving' }));
  expect(leave()).toBe(false);
  act(() => download.now().cancel());
  await download.until('expired');
  await act(async () => deliver());
  expect(released).toHaveBeenCalledOnce();
});

it('S6 held bytes are released once nobody can ask for them any more', async () => {
  const released = vi.fn<() => void>();
  const { sink } = memorySink();
  const holding: DownloadSink = {
    open: (file) => ({
      ...(sink.open(file) as { writable: WritableStream<Uint8Array> }),
      deliver: () => ({ delivery: 'saved', saveAgain: () => {}, release: released }),
    }),
  };
  const first = await ready({ sink: holding });
  first.start();
  await first.until('completed');
  expect(released).not.toHaveBeenCalled();
  cleanup();
  token += '-next';
  const second = await ready({});
  second.start();
  await second.until('completed');
  expect(released).toHaveBeenCalledOnce();
});

describe('S2 where there is memory and nothing else', () => {
  const LIMIT = 256 * 2 ** 20;

  it.each([
    [0, 'completed'],
    [LIMIT, 'failed'],
    [LIMIT + 1, 'ready'],
    [2 ** 40, 'ready'],
  ] as const)('%d bytes: a click ends in %s', async (size, status) => {
    server.head = (response) => response.writeHead(200, artifactHeaders(size)).end();
    server.get = (response) => {
      server.head = (next) => next.writeHead(410).end();
      response.writeHead(200, artifactHeaders(0)).end();
    };
    const download = await ready({});
    download.start();
    await waitFor(() => expect(download.now().state.status).toBe(status));
    if (status !== 'ready') return;
    await waitFor(() => expect(download.now().state).toMatchObject({ notice: 'memory-only' }));
    expect(download.now().description).toMatchObject({
      label: 'Download anyway',
      announcement: expect.stringMatching(/only keep the file in memory/) as string,
    });
    expect(server.asked).toEqual(['HEAD']);
    // The second click is the answer.
    download.start();
    await download.until('failed');
    expect(server.asked).toEqual(['HEAD', 'GET', 'HEAD']);
  });

  it('a size that nobody knows is not asked about', async () => {
    server.head = (response) => response.writeHead(405).end();
    const download = await ready({});
    download.start();
    await download.until('completed');
  });
});

it('S1 a browser inside an app, which may drop downloads, is told of before the GET', async () => {
  const brands = [{ brand: 'Chromium' }, { brand: 'Android WebView' }];
  Object.defineProperty(navigator, 'userAgentData', { value: { brands }, configurable: true });
  try {
    // Large, too: the one concern is no answer to the other.
    server.head = (response) => response.writeHead(200, artifactHeaders(2 ** 30)).end();
    server.get = (response) => {
      server.head = (next) => next.writeHead(410).end();
      response.writeHead(200, artifactHeaders(0)).end();
    };
    const download = await ready({});
    download.start();
    await waitFor(() => expect(download.now().state).toMatchObject({ notice: 'may-not-save' }));
    expect(download.now().description.message).toMatch(/Open this page in your browser/);
    download.start();
    await waitFor(() => expect(download.now().state).toMatchObject({ notice: 'memory-only' }));
    expect(server.asked).toEqual(['HEAD']);
    download.start();
    await download.until('failed');
    expect(server.asked).toEqual(['HEAD', 'GET', 'HEAD']);
  } finally {
    Reflect.deleteProperty(navigator, 'userAgentData');
  }
});

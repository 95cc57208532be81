import { gzipSync } from 'node:zlib';
import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import {
  useArtifactDownload,
  type ArtifactDownloadState,
  type DownloadSink,
  type Progress,
} from '../../src/index.ts';
import { artifactHeaders, scriptServer } from './scriptedServer.ts';

const server = scriptServer();
let count = 0;
let token = '';
beforeEach(() => void (token = `token-${count++}`));

const nowhere: DownloadSink = { open: () => ({ writable: new WritableStream() }) };
const spent = () => {
  server.head = (response) => response.writeHead(404).end();
};

/** Clicks, and tells every state on the way to one that stays. */
async function run(stallTimeout = 10_000): Promise<ArtifactDownloadState[]> {
  const states: ArtifactDownloadState[] = [];
  const { result } = renderHook(() => {
    const download = useArtifactDownload({
      token,
      endpoint: server.endpoint,
      sink: nowhere,
      stallTimeout,
    });
    if (states.at(-1) !== download.state) states.push(download.state);
    return download;
  });
  await waitFor(() => expect(result.current.state.status).toBe('ready'));
  states.length = 0;
  act(() => result.current.download());
  const ended = () => {
    const { state } = result.current;
    return state.status !== 'downloading' && state.status !== 'checking' ? state : null;
  };
  await waitFor(() => expect(ended()).not.toBeNull(), { timeout: 10_000 });
  return states;
}

const last = async (...options: Parameters<typeof run>) => (await run(...options)).at(-1);
const progressOf = (states: ArtifactDownloadState[]): Progress[] =>
  states.flatMap((state) => (state.status === 'downloading' ? [state.progress] : []));

it('S3 a body longer than HEAD said, with no length of its own: saved, not called verified', async () => {
  server.get = (response) => {
    response.writeHead(200, artifactHeaders());
    response.write('0123456789abc');
    setTimeout(() => response.end(), 250);
  };
  const states = await run();
  expect(states.at(-1)).toMatchObject({ status: 'completed', size: 13, verified: false });
  // S10: never more than all, and no share of a length that has turned out wrong.
  expect(progressOf(states).at(-1)).toMatchObject({
    receivedBytes: 13,
    totalBytes: null,
    fraction: null,
  });
});

it('S10 all bytes in, but not the end: nearly all', async () => {
  server.get = (response) => {
    response.writeHead(200, artifactHeaders());
    response.write('0123456789');
    setTimeout(() => response.end(), 250);
  };
  const states = await run();
  const receiving = states.flatMap((s) =>
    s.status === 'downloading' && s.phase === 'receiving' ? [s.progress] : [],
  );
  expect(receiving.at(-1)?.receivedBytes).toBe(10);
  expect(receiving.at(-1)?.fraction).toBeLessThan(1);
  expect(progressOf(states).at(-1)?.fraction).toBe(1);
});

it('S3 a close-delimited body that ends early, without an error, is incomplete', async () => {
  server.get = (response) => {
    spent();
    response.writeHead(200, { ...artifactHeaders(), Connection: 'close' });
    response.useChunkedEncodingByDefault = false;
    response.end('0123');
  };
  expect(await last()).toMatchObject({ status: 'failed', error: { name: 'IncompleteError' } });
});

it('S3 a GET that declares less than HEAD did is incomplete, though its own length fits', async () => {
  server.get = (response) => {
    spent();
    response.writeHead(200, artifactHeaders(4)).end('0123');
  };
  expect(await last()).toMatchObject({ status: 'failed', error: { name: 'IncompleteError' } });
});

it('S3 gzip: decoded bytes against an encoded length are no error, no percentage, and not verified', async () => {
  const body = Buffer.from('x'.repeat(20_000));
  const zipped = gzipSync(body);
  const headers = { ...artifactHeaders(zipped.length), 'Content-Encoding': 'gzip' };
  server.head = (response) => response.writeHead(200, headers).end();
  server.get = (response) => response.writeHead(200, headers).end(zipped);
  const states = await run();
  expect(states.at(-1)).toMatchObject({ status: 'completed', size: 20_000, verified: false });
  expect(progressOf(states).every(({ fraction }) => fraction === null)).toBe(true);
});

it('E4 a connection that dies mid-way with the token spent: failed, with the reason', async () => {
  server.get = (response) => {
    spent();
    response.writeHead(200, artifactHeaders(10));
    response.write('0123', () => response.destroy());
  };
  expect(await last()).toMatchObject({ status: 'failed', error: { name: 'InterruptedError' } });
  expect(server.asked).toEqual(['HEAD', 'GET', 'HEAD']);
});

it('E4 a connection that dies before the headers, the token alive: ready again, with a notice', async () => {
  server.get = (_, { socket }) => socket.destroy();
  expect(await last()).toMatchObject({
    status: 'ready',
    notice: 'interrupted',
    error: { name: 'NetworkError' },
  });
});

it('E4 where HEAD can’t be asked, no guess is shown as a fact', async () => {
  server.head = (response) => response.writeHead(405).end();
  server.get = (_, { socket }) => socket.destroy();
  expect(await last()).toMatchObject({
    status: 'failed',
    recovery: 'none',
    error: { name: 'OutcomeUnknownError', cause: { name: 'NetworkError' } },
  });
  expect(server.asked).toEqual(['HEAD', 'GET', 'HEAD']);
});

it('E10 a stall mid-way ends, and says so', async () => {
  server.get = (response) => {
    spent();
    response.writeHead(200, artifactHeaders(10));
    response.write('0123');
  };
  expect(await last(200)).toMatchObject({ status: 'failed', error: { name: 'StalledError' } });
});

it('E10 a GET that is never answered ends, and HEAD tells that nothing was lost', async () => {
  server.get = () => {};
  expect(await last(200)).toMatchObject({ status: 'ready', error: { name: 'StalledError' } });
});

it('S10 progress never falls, reaches 1 only with the last byte, and is told ten times a second at most', async () => {
  const size = 4_000_000;
  server.head = (response) => response.writeHead(200, artifactHeaders(size)).end();
  server.get = (response) => {
    response.writeHead(200, artifactHeaders(size));
    let sent = 0;
    const timer = setInterval(() => {
      response.write(Buffer.alloc(20_000));
      if ((sent += 20_000) >= size) response.end(() => clearInterval(timer));
    }, 5);
  };
  const began = performance.now();
  const states = await run();
  const elapsed = performance.now() - began;
  const all = progressOf(states);
  const fractions = all.map(({ fraction }) => fraction ?? -1);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions[0]).toBe(0);
  expect(fractions.at(-1)).toBe(1);
  for (const { fraction, receivedBytes } of all) {
    if (fraction === 1) expect(receivedBytes).toBe(size);
  }
  const receiving = states.filter((s) => s.status === 'downloading' && s.phase === 'receiving');
  // A ratio within this run, not a time: one more for the first, which comes at once.
  expect(receiving.length).toBeLessThanOrEqual(elapsed / 100 + 1);
  expect(receiving.length).toBeGreaterThan(4);
  for (const { bytesPerSecond, secondsLeft } of all) {
    for (const value of [bytesPerSecond, secondsLeft]) {
      if (value !== null) expect(Number.isFinite(value) && value >= 0).toBe(true);
    }
  }
  expect(all[0]).toMatchObject({ bytesPerSecond: null, secondsLeft: null });
});

it('S3 an empty artifact is complete', async () => {
  server.head = (response) => response.writeHead(200, artifactHeaders(0)).end();
  server.get = (response) => response.writeHead(200, artifactHeaders(0)).end();
  expect(await last()).toMatchObject({ status: 'completed', size: 0, verified: true });
});

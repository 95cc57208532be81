import { act, renderHook, waitFor } from '@testing-library/react';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  useArtifactDownload,
  type ArtifactDownloadState,
  type DownloadSink,
} from '../../src/index.ts';
import { startFaultServer, type FaultServer, type RawReply } from '../e2e/faultServer.ts';
import {
  chunkedReply,
  cutHeaders,
  cutReply,
  drippingReply,
  fallSilent,
  hangUp,
  pdfHeaders,
  reply,
  tear,
} from '../e2e/rawReplies.ts';

// The same broken answers as Chromium gets in test/e2e/faults.test.ts, for another HTTP client: what
// is promised must not hang on how one engine reads a broken message.

let server: FaultServer;
beforeAll(async () => void (server = await startFaultServer()));
afterAll(() => server.close());

const DATA = Buffer.from('0123456789');
const PART = DATA.subarray(0, 4);
const SIZE = DATA.length;

type Expected = 'failed' | 'expired' | 'completed';

it.each<[string, RawReply, Expected]>([
  ['dies before the headers, torn', tear, 'failed'],
  ['dies before the headers, hung up', hangUp, 'failed'],
  ['dies amid the headers, torn', cutHeaders(pdfHeaders(SIZE), tear), 'failed'],
  ['dies amid the headers, hung up', cutHeaders(pdfHeaders(SIZE), hangUp), 'failed'],
  ['dies after the headers', cutReply(pdfHeaders(SIZE), '', tear), 'failed'],
  ['dies at byte 4, torn', cutReply(pdfHeaders(SIZE), PART, tear), 'failed'],
  ['dies at byte 4, hung up', cutReply(pdfHeaders(SIZE), PART, hangUp), 'failed'],
  ['ends early without a length', cutReply(pdfHeaders(null), PART, hangUp), 'failed'],
  ['stalls before the headers', fallSilent, 'failed'],
  ['stalls at byte 4', cutReply(pdfHeaders(SIZE), PART, fallSilent), 'failed'],
  ['chunked without end', chunkedReply(pdfHeaders(null), [PART], 'never'), 'failed'],
  ['chunked, cut', chunkedReply(pdfHeaders(null), [PART], 'cut'), 'failed'],
  ['lies: fewer bytes than HEAD said', reply(200, pdfHeaders(4), PART), 'failed'],
  ['410 after HEAD’s 200', reply(410), 'expired'],
  ['503', reply(503), 'failed'],
  ['429', reply(429, { 'Retry-After': 1 }), 'failed'],
  ['206', reply(206, pdfHeaders(SIZE), DATA), 'failed'],
  [
    'byte after byte',
    drippingReply(
      pdfHeaders(SIZE),
      [...DATA].map((b) => Buffer.of(b)),
      60,
    ),
    'completed',
  ],
  ['chunked, whole', chunkedReply(pdfHeaders(null), [PART, DATA.subarray(4)]), 'completed'],
])('S3 E4 E10 in Node: %s', async (title, GET, expected) => {
  const token = `node ${title}`;
  server.script(token, {
    HEAD: [reply(200, pdfHeaders(SIZE)), reply(410)],
    GET,
  });
  let kept: Uint8Array | null = null;
  const chunks: Uint8Array[] = [];
  const sink: DownloadSink = {
    open: () => ({
      writable: new WritableStream<Uint8Array>({
        write: (chunk) => void chunks.push(chunk.slice()),
        close: () => void (kept = Buffer.concat(chunks)),
      }),
    }),
  };
  const { result } = renderHook(() =>
    useArtifactDownload({
      token,
      endpoint: `${server.origin}/api/open/v1/artifact-downloads`,
      sink,
      stallTimeout: 500,
    }),
  );
  const state = (): ArtifactDownloadState => result.current.state;
  await waitFor(() => expect(state().status).toBe('ready'));
  act(() => result.current.download());
  act(() => result.current.download());
  await waitFor(() => expect(state().status).toBe(expected));
  if (expected === 'completed') expect(kept).toEqual(DATA);
  else expect(kept).toBeNull();
  expect(server.log(token).filter((method) => method === 'GET').length).toBeGreaterThan(0);
  expect(server.log(token).at(-1)).toBe(expected === 'failed' ? 'HEAD' : 'GET');
});

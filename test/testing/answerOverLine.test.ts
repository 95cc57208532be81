// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerOverLine } from '../../src/testing/answerOverLine.ts';
import { createArtifactService } from '../../src/testing/index.ts';

const PDF = { fileName: 'drawings.pdf', contentType: 'application/pdf', size: 200_000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('the service decides at once, the client hears of it after the latency', async () => {
  const service = createArtifactService();
  const token = service.issue(PDF);
  const heard = vi.fn();
  void answerOverLine(service, { method: 'GET', token }, { latency: 300 }).then(heard);
  expect(service.status(token)).toBe('consumed');
  await vi.advanceTimersByTimeAsync(299);
  expect(heard).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toHaveBeenCalledOnce();
});

it('nothing waits on for a client that left', async () => {
  const service = createArtifactService();
  const request = { method: 'GET', token: service.issue(PDF) };
  const client = new AbortController();
  const { signal } = client;
  const answer = answerOverLine(service, { ...request, signal }, { latency: 60_000 });
  expect(vi.getTimerCount()).toBe(1);
  client.abort();
  await answer;
  expect(vi.getTimerCount()).toBe(0);
  expect(service.requests(request.token)[0]?.outcome).toBe('aborted');
});

it.each([
  { latency: -1 },
  { latency: NaN },
  { latency: Infinity },
  { latency: 2 ** 31 },
  { bytesPerSecond: 0 },
  { bytesPerSecond: NaN },
  { bytesPerSecond: () => -1 },
])('refuses the line %o, and spends no token on it', async (line) => {
  const service = createArtifactService();
  const token = service.issue(PDF);
  const answer = answerOverLine(service, { method: 'GET', token }, line);
  await expect(answer).rejects.toThrow(RangeError);
  expect(service.status(token)).toBe('fresh');
});

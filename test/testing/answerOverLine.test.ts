// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerOverLine } from '../../src/testing/answerOverLine.ts';
import { createArtifactService } from '../../src/testing/index.ts';
import { createLine } from '../../src/testing/line.ts';

const PDF = { fileName: 'drawings.pdf', contentType: 'application/pdf', size: 200_000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('the service decides at once, the client hears of it after the latency', async () => {
  const service = createArtifactService();
  const token = service.issue(PDF);
  const heard = vi.fn();
  void answerOverLine(service, { method: 'GET', token }, createLine({ latency: 300 })).then(heard);
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
  const answer = answerOverLine(service, { ...request, signal }, createLine({ latency: 60_000 }));
  expect(vi.getTimerCount()).toBe(1);
  client.abort();
  await answer;
  expect(vi.getTimerCount()).toBe(0);
  expect(service.requests(request.token)[0]?.outcome).toBe('aborted');
});

it('an answer that never comes keeps no timer, and ends when the client leaves', async () => {
  const service = createArtifactService();
  const token = service.issue({ ...PDF, faults: { head: { network: 'silence' } } });
  const client = new AbortController();
  const { signal } = client;
  const heard = vi.fn();
  const request = { method: 'HEAD', token, signal };
  const answer = answerOverLine(service, request, createLine({ latency: 300 })).then(heard);
  await vi.advanceTimersByTimeAsync(10 ** 9);
  expect(heard).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
  client.abort();
  await answer;
  expect(heard).toHaveBeenCalledWith(expect.objectContaining({ status: 0, body: null }));
});

const IMPOSSIBLE = [
  { latency: -1 },
  { latency: NaN },
  { latency: Infinity },
  { latency: 2 ** 31 },
  { bytesPerSecond: 0 },
  { bytesPerSecond: NaN },
  { bytesPerSecond: -1 },
  { faults: { get: { breakAt: -1 } } },
];

it.each(IMPOSSIBLE)('refuses the line %o when it is made', (line) => {
  expect(() => createLine(line)).toThrow(RangeError);
  expect(() => createLine(line)).toThrow(/^The line was not made: /);
});

it.each(IMPOSSIBLE)('refuses %o of a function, and spends no token on it', async (line) => {
  const service = createArtifactService();
  const token = service.issue(PDF);
  const later = Object.fromEntries(
    Object.entries(line).map(([name, value]) => [name, () => value]),
  );
  const answer = answerOverLine(service, { method: 'GET', token }, createLine(later));
  await expect(answer).rejects.toThrow(/^The request was not answered: /);
  expect(service.status(token)).toBe('fresh');
});

it('the own line of a token wins over the general one', async () => {
  const service = createArtifactService();
  const token = service.issue({ ...PDF, latency: 10 });
  const heard = vi.fn();
  void answerOverLine(service, { method: 'HEAD', token }, createLine({ latency: 300 })).then(heard);
  await vi.advanceTimersByTimeAsync(10);
  expect(heard).toHaveBeenCalledOnce();
});

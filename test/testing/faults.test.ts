// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createArtifactService, type Faults } from '../../src/testing/index.ts';

const PDF = { fileName: 'drawings.pdf', contentType: 'application/pdf', size: 200_000 };

const IMPOSSIBLE: [unknown, RegExp][] = [
  [{ get: { status: 199 } }, /its status is 199/],
  [{ get: { status: 600 } }, /its status is 600/],
  [{ get: { status: 200.5 } }, /its status is 200.5/],
  [{ get: { status: NaN } }, /its status is NaN/],
  [{ get: { status: 302 } }, /is no redirect/],
  [{ get: { status: 503, retryAfter: -1 } }, /its retryAfter is -1/],
  [{ get: { status: 503, retryAfter: 1.5 } }, /its retryAfter is 1.5/],
  [{ get: { status: 503, retryAfter: 'a\r\nb' } }, /fits in no HTTP header/],
  [{ get: { status: 204, body: '' } }, /status 204 has no body/],
  [{ get: { status: 200, body: '', contentType: 'a\nb' } }, /fits in no HTTP header/],
  [{ get: { headers: { 'no name': 'x' } } }, /fits in no HTTP header/],
  [{ get: { headers: { '': null } } }, /fits in no HTTP header/],
  [{ get: { headers: { 'X-Name': '平面図' } } }, /fits in no HTTP header/],
  [{ get: { breakAt: -1 } }, /stops after -1 bytes/],
  [{ get: { breakAt: NaN } }, /stops after NaN bytes/],
  [{ get: { stallAt: 0.5 } }, /stops after 0.5 bytes/],
  [{ get: { stallAt: Infinity } }, /stops after Infinity bytes/],
  [{ get: { breakAt: 200_000 } }, /200000 bytes is to stop after 200000/],
  [{ get: [null, { stallAt: 200_001 }] }, /200000 bytes is to stop after 200001/],
];

const NO_FAULTS: [unknown, RegExp][] = [
  [{ head: { breakAt: 1 } }, /a HEAD has none. Give this fault to `get`/],
  [{ head: [{ stallAt: 1 }] }, /a HEAD has none/],
  [{ get: { network: 'down' } }, /its network is "down". Use 'error' or 'silence'/],
  [{ get: {} }, /it is of no kind/],
  [{ get: null }, /it is of no kind/],
  [{ get: 503 }, /it is of no kind/],
  [{ get: [{ status: 503 }, { status: 503, network: 'error' }] }, /2 kinds at once/],
  [{ HEAD: { status: 503 } }, /Only `head` and `get` can go wrong/],
];

describe.each([
  ['RangeError', IMPOSSIBLE],
  ['TypeError', NO_FAULTS],
])('a %s, when it is given and not when it is met,', (name, cases) => {
  it.each(cases)('for %j', (given, message) => {
    const service = createArtifactService();
    const faults = given as Faults;
    const issue = (): string => service.issue({ ...PDF, faults, token: 'CANARY' });
    expect(issue).toThrow(expect.objectContaining({ name }));
    expect(issue).toThrow(message);
    expect(issue).toThrow(/^The artifact was not issued: /);
    expect(issue).not.toThrow(/CANARY/);
    expect(service.status('CANARY')).toBe('unknown');

    const token = service.issue({ ...PDF, faults: { get: { status: 503 } } });
    const change = (): void => service.setFaults(token, faults);
    expect(change).toThrow(expect.objectContaining({ name }));
    expect(change).toThrow(/^The token's faults were not changed: /);
    expect(service.respond({ method: 'GET', token }).status).toBe(503);
  });
});

it.each([
  [{ latency: -1 }, /its latency is -1 ms/],
  [{ latency: NaN }, /its latency is NaN ms/],
  [{ latency: Infinity }, /its latency is Infinity ms/],
  [{ bytesPerSecond: 0 }, /carries 0 bytes a second/],
  [{ bytesPerSecond: NaN }, /carries NaN bytes a second/],
])('the line %o of a token is refused, and the old one stays', (line, message) => {
  const service = createArtifactService();
  expect(() => service.issue({ ...PDF, ...line })).toThrow(RangeError);
  expect(() => service.issue({ ...PDF, ...line })).toThrow(message);
  const token = service.issue({ ...PDF, latency: 7 });
  expect(() => service.setLine(token, line)).toThrow(message);
  expect(service.respond({ method: 'HEAD', token }).latency).toBe(7);
});

it('a line or a fault for an unknown token is a mistake of the test, told without it', () => {
  const service = createArtifactService();
  for (const change of [
    () => service.setLine('CANARY', { latency: 1 }),
    () => service.setFaults('CANARY', null),
  ]) {
    expect(change).toThrow(/this service did not issue it/);
    expect(change).not.toThrow(/CANARY/);
  }
});

it('setLine changes what it names, and leaves the rest', () => {
  const service = createArtifactService();
  const token = service.issue({ ...PDF, latency: 7 });
  service.setLine(token, { bytesPerSecond: 10 });
  expect(service.respond({ method: 'HEAD', token, latency: 300 }).latency).toBe(7);
  service.setLine(token, { latency: 8 });
  expect(service.respond({ method: 'HEAD', token, latency: 300 }).latency).toBe(8);
});

it('setFaults begins a list anew', () => {
  const service = createArtifactService();
  const faults: Faults = { head: [{ status: 503 }] };
  const token = service.issue({ ...PDF, faults });
  const head = (): number => service.respond({ method: 'HEAD', token }).status;
  expect([head(), head()]).toEqual([503, 200]);
  service.setFaults(token, faults);
  expect([head(), head()]).toEqual([503, 200]);
});

it('faults changed while a body is being sent leave that body alone', async () => {
  const service = createArtifactService();
  const token = service.issue({ ...PDF, faults: { get: { breakAt: 100_000 } } });
  const { body } = service.respond({ method: 'GET', token });
  const reader = body?.getReader();
  await reader?.read();
  service.setFaults(token, null);
  const rest = async (): Promise<void> => {
    while (!(await reader?.read())?.done);
  };
  await expect(rest()).rejects.toThrow(
    /broke off after 100000 of 200000 bytes.*Take the fault away/s,
  );
});

it('a slow answer may fail as well: a network error waits out the latency', () => {
  const service = createArtifactService();
  const token = service.issue({ ...PDF, latency: 50, faults: { head: { network: 'error' } } });
  expect(service.respond({ method: 'HEAD', token })).toMatchObject({ status: 0, latency: 50 });
});

it.each([204, 205, 304])('an answer of status %i has no body, and says so', (status) => {
  const service = createArtifactService();
  const token = service.issue({ ...PDF, faults: { get: { status } } });
  const { body, headers } = service.respond({ method: 'GET', token });
  expect(body).toBeNull();
  expect(headers.get('Content-Length')).toBe(status === 205 ? '0' : null);
  expect(headers.get('Content-Type')).toBeNull();
});

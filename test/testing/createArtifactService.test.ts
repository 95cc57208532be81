// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createArtifactService,
  type ArtifactService,
  type IssueOptions,
} from '../../src/testing/index.ts';

const PDF = { fileName: 'drawings.pdf', contentType: 'application/pdf', size: 200_000 };

const get = (service: ArtifactService, token: string) => service.respond({ method: 'GET', token });

afterEach(() => void vi.useRealTimers());

describe('issue', () => {
  it('hands out unguessable tokens, never the same', () => {
    const service = createArtifactService();
    const tokens = Array.from({ length: 1_000 }, () => service.issue({ ...PDF, size: 0 }));
    expect(new Set(tokens).size).toBe(1_000);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{32}$/);
  });

  it('tells what a token was issued for', () => {
    const service = createArtifactService({ now: () => 1_000 });
    const token = service.issue({ ...PDF, expiresIn: 500 });
    expect(service.artifact(token)).toEqual({ ...PDF, issuedAt: 1_000, expiresAt: 1_500 });
    expect(service.artifact(service.issue(PDF))?.expiresAt).toBeNull();
    expect(service.artifact('unknown')).toBeNull();
  });

  it.each([-1, NaN, 1.5, Infinity, 2 ** 53])('refuses a size of %s', (size) => {
    const service = createArtifactService();
    expect(() => service.issue({ ...PDF, size })).toThrow(RangeError);
    expect(() => service.issue({ ...PDF, size })).toThrow(`its size is ${size}. A size is a whole`);
  });

  it('refuses a missing size, and one that its body contradicts', () => {
    const service = createArtifactService();
    const { size: _, ...unsized } = PDF;
    expect(() => service.issue(unsized as IssueOptions)).toThrow(/its size is undefined/);
    expect(() => service.issue({ ...PDF, body: 'four' })).toThrow(
      /its size is 200000, but its body has 4 bytes/,
    );
    expect(service.artifact(service.issue({ ...unsized, body: 'four' }))?.size).toBe(4);
  });

  it.each([-1, NaN])('refuses to expire in %s ms', (expiresIn) => {
    const service = createArtifactService();
    expect(() => service.issue({ ...PDF, expiresIn })).toThrow(RangeError);
    expect(() => service.issue({ ...PDF, expiresIn })).toThrow(`expires in ${expiresIn} ms`);
  });

  it.each(['', '.', '..', 'lone \ud800 surrogate'])('refuses the token %j', (token) => {
    expect(() => createArtifactService().issue({ ...PDF, token })).toThrow(/one path segment/);
  });

  it('refuses a token issued before, without repeating it', () => {
    const service = createArtifactService();
    service.issue({ ...PDF, token: 'CANARY' });
    const again = (): string => service.issue({ ...PDF, token: 'CANARY' });
    expect(again).toThrow(/issued before/);
    expect(again).not.toThrow(/CANARY/);
  });

  it.each([{ fileName: 'lone \udc00.pdf' }, { contentType: 'text/plain\r\nX-Evil: 1' }])(
    'refuses %j, which fits in no header',
    (hostile) => {
      expect(() => createArtifactService().issue({ ...PDF, ...hostile })).toThrow(RangeError);
    },
  );
});

describe('the life of a token', () => {
  it('is fresh, then consumed or expired, and stays so', () => {
    const service = createArtifactService();
    const [consumed, expired] = [service.issue(PDF), service.issue(PDF)];
    expect(service.status(consumed)).toBe('fresh');
    service.consume(consumed);
    service.expire(consumed);
    service.expire(expired);
    service.consume(expired);
    expect(service.status(consumed)).toBe('consumed');
    expect(service.status(expired)).toBe('expired');
    expect(service.status('unknown')).toBe('unknown');
  });

  it('runs out by the clock, and a consumed one stays consumed', () => {
    let time = 0;
    const service = createArtifactService({ now: () => time });
    const [expiring, consumed] = [1, 2].map(() => service.issue({ ...PDF, expiresIn: 10 }));
    service.consume(consumed ?? '');
    time = 10;
    expect(service.status(expiring ?? '')).toBe('expired');
    expect(service.status(consumed ?? '')).toBe('consumed');
    const instant = service.issue({ ...PDF, expiresIn: 0 });
    expect(service.status(instant)).toBe('expired');
  });

  it('follows fake timers installed after the service was made', () => {
    const service = createArtifactService();
    vi.useFakeTimers();
    const token = service.issue({ ...PDF, expiresIn: 60_000 });
    vi.advanceTimersByTime(60_000);
    expect(service.status(token)).toBe('expired');
  });

  it('expire and consume of an unknown token are mistakes of the test, told without it', () => {
    const service = createArtifactService();
    expect(() => service.expire('CANARY')).toThrow(/did not issue it/);
    expect(() => service.consume('CANARY')).toThrow(/did not issue it/);
    expect(() => service.consume('CANARY')).not.toThrow(/CANARY/);
  });
});

describe('subscribe', () => {
  it('hears of every change, until unsubscribed', async () => {
    const service = createArtifactService();
    const seen: string[] = [];
    const token = service.issue(PDF);
    const unsubscribe = service.subscribe(() => {
      const last = service.requests().at(-1);
      seen.push(`${service.status(token)} ${last?.outcome} ${last?.sentBytes}`);
    });
    service.respond({ method: 'HEAD', token });
    await new Response(get(service, token).body).arrayBuffer();
    expect(seen).toEqual([
      'fresh answered 0',
      'consumed sending 0',
      'consumed sending 65536',
      'consumed sending 131072',
      'consumed sending 196608',
      'consumed sending 200000',
      'consumed sent 200000',
    ]);
    const other = service.issue(PDF);
    service.expire(other);
    expect(seen).toHaveLength(9);
    unsubscribe();
    service.consume(service.issue(PDF));
    expect(seen).toHaveLength(9);
  });

  it('gives the same array of requests until something changes, as React needs', () => {
    const service = createArtifactService();
    const token = service.issue(PDF);
    service.respond({ method: 'HEAD', token });
    const before = service.requests(token);
    expect(service.requests(token)).toBe(before);
    expect(service.requests()).toBe(service.requests());
    service.respond({ method: 'HEAD', token });
    expect(service.requests(token)).toHaveLength(2);
    expect(before).toHaveLength(1);
  });
});

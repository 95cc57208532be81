import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_RETRY_AFTER, parseRetryAfter } from '../../src/protocol/retryAfter.ts';

const NOW = Date.UTC(2026, 10, 21, 10, 22, 30);

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** One moment in the three forms that RFC 9110 section 5.6.7 has a recipient read. */
function httpDates(time: number) {
  const date = new Date(time);
  const [, weekday = '', day = '', month = '', year = '', clock = ''] =
    /^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/.exec(date.toUTCString()) ?? [];
  const long = date.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
  return {
    imf: date.toUTCString(),
    rfc850: `${long}, ${day}-${month}-${year.slice(2)} ${clock} GMT`,
    asctime: `${weekday} ${month} ${String(Number(day)).padStart(2)} ${clock} ${year}`,
  };
}

describe('Retry-After', () => {
  // Not UTC, which CI machines keep and where a date read as local time goes unnoticed.
  beforeAll(() => vi.stubEnv('TZ', 'America/New_York'));
  afterAll(() => vi.unstubAllEnvs());

  it.each([
    ['0', 0],
    ['1', 1000],
    ['120', 120_000],
    ['007', 7000],
    ['600', MAX_RETRY_AFTER],
    ['601', MAX_RETRY_AFTER],
    ['99999999999999999999', MAX_RETRY_AFTER],
    ['9'.repeat(400), MAX_RETRY_AFTER],
    ['Sat, 21 Nov 2026 10:23:00 GMT', 30_000],
    ['Sat, 21 Nov 2026 10:22:30 GMT', 0],
    ['Sat, 21 Nov 2026 10:22:29 GMT', 0],
    ['Sun, 22 Nov 2026 10:22:30 GMT', MAX_RETRY_AFTER],
    ['Fri, 31 Dec 9999 23:59:59 GMT', MAX_RETRY_AFTER],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['Saturday, 21-Nov-26 10:23:00 GMT', 30_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Sat Nov 21 10:23:00 2026', 30_000],
    ['Sun Nov  6 08:49:37 1994', 0],
  ])('reads %j as %d ms', (value, delay) => expect(parseRetryAfter(value, NOW)).toBe(delay));

  it.each([
    null,
    '',
    ' ',
    '-1',
    '+1',
    '-0',
    '1e3',
    '10.5',
    '1,5',
    '5, 5',
    '5 s',
    '0x10',
    '１２',
    'soon',
    'NaN',
    'Infinity',
    'null',
    'Invalid Date',
    '1; 2',
    '5\n',
    ' 5',
    '2026-11-21',
    '2026-11-21T10:23:00Z',
    '21 Nov 2026 10:23:00 GMT',
    'Sat, 21 Nov 2026',
    'Sat, 21 Nov 2026 10:23:00',
    'Sat, 21 Nov 2026 10:23:00 +0100',
    'Sat, 21 Nov 2026 10:23:00 PST',
    'Sat, 1 Nov 2026 10:23:00 GMT',
    'Sat, 21 Nov 2026 10:23 GMT',
    'Sat, 21-Nov 2026 10:23:00 GMT',
    'Sat Nov 21 10:23:00 GMT',
    'Sat Nov 21 10:23:00 2026 GMT',
    'Sat, 21 Nov 26 10:23:00 GMT',
    'Sat, 21 Nov 2026 10:23:00 2026',
    'Sat, 21 Nov 202 10:23:00 GMT',
    'Sat, 99 Nov 2026 10:23:00 GMT',
    'Sat, 21 Abc 2026 10:23:00 GMT',
    'Sat, 21 Nov 2026 25:61:61 GMT',
    'Sat, 21 Nov 2026 10:23:00 GMT, Sat',
    'sat, 21 nov 2026 10:23:00 gmt',
  ])('takes %j for no answer', (value) => expect(parseRetryAfter(value, NOW)).toBeNull());

  it('reads every moment alike in the three forms of HTTP-date', () => {
    // Two digits of a year mean the past where they would lie more than 50 years ahead, and engines
    // draw that line differently: only the years around now are asked of them.
    const second = fc.integer({ min: Date.UTC(2000, 0) / 1000, max: Date.UTC(2049, 0) / 1000 });
    fc.assert(
      fc.property(second, fc.nat(MAX_RETRY_AFTER / 1000), (at, ahead) => {
        for (const value of Object.values(httpDates((at + ahead) * 1000))) {
          expect(parseRetryAfter(value, at * 1000), value).toBe(ahead * 1000);
        }
      }),
    );
  });

  it('is never NaN, negative or over the clamp', () => {
    const likely = fc
      .array(fc.constantFrom(...'Sat|, | |21|-|Nov|2026|10:23:00| GMT|0|9|.|e|\n'.split('|')))
      .map((parts) => parts.join(''));
    const dates = fc
      .tuple(fc.nat(99), fc.nat(9999), fc.nat(99))
      .map(([day, year, hour]) => `Sat, ${pad(day)} Nov ${pad(year, 4)} ${pad(hour)}:00:00 GMT`);
    const number = fc.bigInt({ min: 0n }).map(String);
    fc.assert(
      fc.property(fc.oneof(fc.string(), likely, dates, number), fc.double(), (value, now) => {
        const delay = parseRetryAfter(value, now);
        if (delay === null) return;
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(MAX_RETRY_AFTER);
      }),
      { numRuns: 3000 },
    );
  });
});

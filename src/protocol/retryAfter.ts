/** The longest wait that {@link parseRetryAfter} grants a server, in milliseconds: ten minutes. */
export const MAX_RETRY_AFTER = 600_000;

/**
 * The three forms of HTTP-date, by shape; `Date.parse` alone takes nearly anything for a date.
 *
 *     Sun, 06 Nov 1994 08:49:37 GMT     IMF-fixdate, the only one to be sent today
 *     Sunday, 06-Nov-94 08:49:37 GMT    obsolete, RFC 850
 *     Sun Nov  6 08:49:37 1994          obsolete, asctime; in GMT though it does not say so
 */
const HTTP_DATE =
  /^[A-Z][a-z]+(, \d\d( [A-Z][a-z]{2} \d{4}|-[A-Z][a-z]{2}-\d\d) \d\d:\d\d:\d\d GMT| [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})$/;

/**
 * How long a server asks to wait before the next request, from its `Retry-After` header.
 *
 * @param value - The header as `Headers.get()` returns it; `null` when it is absent or not exposed.
 * @param now - The present, in milliseconds since the epoch (`Date.now()`).
 * @returns Milliseconds from 0 (also for a date gone by) to {@link MAX_RETRY_AFTER};
 * `null` when there is no value to be understood, and the caller's own back-off applies.
 * @see RFC 9110 section 10.2.3 (`Retry-After`) and section 5.6.7 (HTTP-date)
 */
export function parseRetryAfter(value: string | null, now: number): number | null {
  let delay = NaN;
  if (/^\d+$/.test(value ?? '')) delay = Number(value) * 1000;
  else if (value && HTTP_DATE.test(value)) {
    // Engines need to read IMF-fixdate only (ECMA-262, Date.parse), so the old forms are brought near
    // to it: no dashes, and GMT said once, without which asctime would be read as local time.
    delay = Date.parse(value.replace(/-/g, ' ').replace(' GMT', '') + ' GMT') - now;
  }
  return Number.isNaN(delay) ? null : Math.min(Math.max(delay, 0), MAX_RETRY_AFTER);
}

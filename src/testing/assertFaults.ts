import type { Fault, Faults, HeadersFault, StatusFault } from './faults.ts';

/** What makes a fault one of its kind; exactly one of these is in each. */
const KINDS = ['status', 'network', 'headers', 'breakAt', 'stallAt'];
const REDIRECTS = [301, 302, 303, 307, 308];
/** Statuses whose answer has no body; `Response` throws when it is given one. */
export const BODILESS = [204, 205, 304];

/**
 * @param failure - what did not happen because of this, as the message's first words.
 * @param size - the artifact's bytes; `null` while no artifact is known.
 * @throws TypeError for what is no fault, or none of that method.
 * @throws RangeError for one that no transport could show.
 */
export function assertFaults(faults: Faults, failure: string, size: number | null): void {
  for (const [method, given] of Object.entries(faults) as [string, unknown][]) {
    if (method !== 'head' && method !== 'get') {
      throw new TypeError(
        `${failure}: its faults name ${JSON.stringify(method)}. ` +
          'Only `head` and `get` can go wrong. Use these names, in lower case.',
      );
    }
    const list = Array.isArray(given)
      ? (given as unknown[]).filter((one) => one !== null)
      : [given];
    for (const fault of list) {
      if (fault === undefined) continue;
      assertFault(fault, `${failure}: a fault of its ${method.toUpperCase()} is not possible`);
      if (method === 'head') assertBodyless(fault, failure);
      else if (size !== null) assertFits(fault, failure, size);
    }
  }
}

/** @throws RangeError where a body would have to break off, or stall, at its end or beyond. */
export function assertFits(fault: Fault, failure: string, size: number): void {
  const bytes = stopOf(fault)?.bytes;
  if (bytes === undefined || bytes < size) return;
  throw new RangeError(
    `${failure}: its body of ${size} bytes is to stop after ${bytes}. ` +
      'A client that has every byte takes the download for complete. Stop it earlier.',
  );
}

/** Where a body stops, and whether it then fails or only says no more; `null` for other faults. */
export function stopOf(fault: Fault): { bytes: number; how: 'break' | 'stall' } | null {
  if ('breakAt' in fault) return { bytes: fault.breakAt, how: 'break' };
  return 'stallAt' in fault ? { bytes: fault.stallAt, how: 'stall' } : null;
}

function assertBodyless(fault: Fault, failure: string): void {
  if (stopOf(fault) === null) return;
  throw new TypeError(
    `${failure}: the body of its HEAD is to stop, but a HEAD has none. Give this fault to \`get\`.`,
  );
}

function assertFault(fault: unknown, failure: string): asserts fault is Fault {
  const kinds = KINDS.filter((kind) => typeof fault === 'object' && fault && kind in fault);
  if (kinds.length !== 1) {
    throw new TypeError(
      `${failure}: it is of ${kinds.length === 0 ? 'no kind' : `${kinds.length} kinds at once`}. ` +
        `A fault is one thing that goes wrong: give it one of ${KINDS.join(', ')}.`,
    );
  }
  const one = fault as Fault;
  if ('status' in one) assertStatus(one, failure);
  else if ('headers' in one) assertHeaders(one, failure);
  else if ('network' in one) {
    if (one.network === 'error' || one.network === 'silence') return;
    throw new TypeError(
      `${failure}: its network is ${JSON.stringify(one.network)}. Use 'error' or 'silence'.`,
    );
  } else {
    const bytes = stopOf(one)?.bytes ?? 0;
    if (Number.isSafeInteger(bytes) && bytes >= 0) return;
    throw new RangeError(
      `${failure}: it stops after ${bytes} bytes. Use a whole number of bytes, 0 or more.`,
    );
  }
}

function assertStatus({ status, retryAfter, body, contentType }: StatusFault, failure: string) {
  if (!Number.isInteger(status) || status < 200 || status > 599 || REDIRECTS.includes(status)) {
    throw new RangeError(
      `${failure}: its status is ${status}. ` +
        'Use a whole number from 200 to 599 that is no redirect; 304 is as foreign to the contract.',
    );
  }
  if (typeof retryAfter === 'number' && !(Number.isSafeInteger(retryAfter) && retryAfter >= 0)) {
    throw new RangeError(
      `${failure}: its retryAfter is ${retryAfter}. ` +
        'Use whole seconds, 0 or more; or text, which is sent as it is.',
    );
  }
  if (body !== undefined && BODILESS.includes(status)) {
    throw new RangeError(`${failure}: an answer of status ${status} has no body. Leave it out.`);
  }
  const headers = { 'Retry-After': String(retryAfter ?? 0), 'Content-Type': contentType ?? null };
  assertHeaders({ headers }, failure);
}

function assertHeaders({ headers }: HeadersFault, failure: string): void {
  try {
    // Refuses now what would otherwise break the answer, far from the test that caused it.
    for (const [header, value] of Object.entries(headers)) new Headers([[header, value ?? '']]);
  } catch (cause) {
    throw new RangeError(
      `${failure}: a name or a value fits in no HTTP header. Use Latin-1 text on one line.`,
      { cause },
    );
  }
}

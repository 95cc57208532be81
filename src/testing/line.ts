import { assertFaults } from './assertFaults.ts';
import { createFaultQueue, type FaultQueue } from './faultQueue.ts';
import type { Fault, Faults } from './faults.ts';

/** The longest wait that `setTimeout` can keep; a longer one would end at once. */
const MAX_LATENCY = 2_147_483_647;

/** How fast one token is answered for. */
export interface LineSpeed {
  /** Milliseconds before the answer to any request. */
  latency?: number;
  /** Bytes of the artifact a second, sent about every 50 ms; `Infinity` for no throttle. */
  bytesPerSecond?: number;
}

/**
 * What lies between the service and its client, for all tokens. Each may differ from token to token,
 * and is then asked for at each request; what {@link ArtifactService.issue} was told of a token wins.
 */
export interface LineOptions {
  /** Milliseconds before the answer to any request. Default: 0. */
  latency?: number | ((token: string) => number);
  /** Bytes of the artifact a second, sent about every 50 ms. Default: `Infinity`, unthrottled. */
  bytesPerSecond?: number | ((token: string) => number);
  /**
   * What goes wrong, method by method, where the token has no faults of its own. Each token goes
   * through a list by itself. Default: nothing.
   */
  faults?: Faults | null | ((token: string) => Faults | null);
}

/** What holds for one token's request, unless the service knows better. */
export interface RequestLine extends Required<LineSpeed> {
  /** Takes the request's fault, and with it one of a list. */
  takeFault(method: string): Fault | null;
}

/** The line as it is for a token. */
export type Line = (token: string) => RequestLine;

/**
 * @throws RangeError and TypeError for what no line could be; the line throws them for what a
 * function returns.
 */
export function createLine(options: LineOptions): Line {
  const { latency = 0, bytesPerSecond = Infinity, faults = null } = options;
  const queues = new Map<string, FaultQueue>();
  const read = (token: string | null): Required<LineSpeed> & { faults: Faults | null } => {
    const failure = token === null ? 'The line was not made' : 'The request was not answered';
    const line = {
      latency: valueFor(latency, token, 0),
      bytesPerSecond: valueFor(bytesPerSecond, token, Infinity),
      faults: valueFor(faults, token, null),
    };
    assertSpeed(line, failure);
    if (line.faults !== null) assertFaults(line.faults, failure, null);
    return line;
  };
  read(null);

  return (token) => {
    const line = read(token);
    const takeFault = (method: string): Fault | null => {
      const queue = queues.get(token) ?? createFaultQueue();
      queues.set(token, queue);
      return queue(line.faults, method) ?? null;
    };
    return { latency: line.latency, bytesPerSecond: line.bytesPerSecond, takeFault };
  };
}

/**
 * @param failure - what did not happen because of this, as the message's first words.
 * @throws RangeError for a latency or a rate that no line could have.
 */
export function assertSpeed({ latency, bytesPerSecond }: LineSpeed, failure: string): void {
  if (latency !== undefined && !(latency >= 0 && latency <= MAX_LATENCY)) {
    throw new RangeError(
      `${failure}: its latency is ${latency} ms. Pass a \`latency\` of 0 to ${MAX_LATENCY}.`,
    );
  }
  if (bytesPerSecond !== undefined && !(bytesPerSecond > 0)) {
    throw new RangeError(
      `${failure}: its line carries ${bytesPerSecond} bytes a second. ` +
        'Pass a `bytesPerSecond` above 0, or leave it out for no throttle.',
    );
  }
}

/** @param token - `null` before any request: a function's value is not known then, `unknown` is. */
function valueFor<Value>(
  value: Value | ((token: string) => Value),
  token: string | null,
  unknown: Value,
): Value {
  if (!isFunction(value)) return value;
  return token === null ? unknown : value(token);
}

function isFunction<Value>(
  value: Value | ((token: string) => Value),
): value is (token: string) => Value {
  return typeof value === 'function';
}

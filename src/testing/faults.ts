/**
 * The request is answered with another status, and the token is left as it is: 503 for a busy server,
 * 405 for one that can't inspect, 410 for a token that died meanwhile, 200 with a web page for a login.
 */
export interface StatusFault {
  /**
   * 200–599, but no redirect (301, 302, 303, 307, 308): it would have to lead somewhere. `fetch` on
   * Node takes a 407 for a network error and asks once more after a 421, as its standard has it.
   */
  readonly status: number;
  /** The `Retry-After` header: whole seconds, or any text, such as an HTTP-date. Default: none. */
  readonly retryAfter?: number | string;
  /** Default: a problem in JSON from 400 on, else nothing. 204, 205 and 304 can have none. */
  readonly body?: string;
  /** The `Content-Type` of `body`. Default: `text/plain; charset=utf-8`. */
  readonly contentType?: string;
}

/**
 * No answer comes; the token is left as it is. `error`: the connection dies before any header.
 * `silence`: nothing happens until the client gives up.
 *
 * On a real socket a browser may send a request that died so again by itself.
 */
export interface NetworkFault {
  readonly network: 'error' | 'silence';
}

/**
 * The normal 200 with headers set, or, by `null`, taken away; anything but a 200 stays as it is.
 *
 * This is the one way to make a mock declare what it does not stream, and each transport shows it
 * differently. A wrong `Content-Length` on GET is a header like others behind MSW's worker and in
 * MSW 2; on real sockets, and in MSW 3 on Node, it frames the body: bytes beyond it are lost, and a
 * client waits for those that never come. On HEAD a wrong one is harmless everywhere.
 *
 * `Content-Encoding: gzip` (or `deflate`, `br`) makes Node and real sockets decode the body, which
 * fails unless it is encoded; behind MSW's worker nothing is decoded. A coding that nobody knows, such
 * as `compress`, passes everywhere, and counts as encoded all the same.
 */
export interface HeadersFault {
  readonly headers: Readonly<Record<string, string | null>>;
}

/**
 * GET answers 200 and consumes the token; after so many bytes, fewer than all, the body fails. With 0,
 * MSW 3 on Node fails before the headers as well.
 *
 * A client that reads slowly may see fewer: an error overtakes what still lies in its buffers.
 */
export interface BreakFault {
  readonly breakAt: number;
}

/**
 * GET answers 200 and consumes the token; after so many bytes, fewer than all, nothing more comes, and
 * the body stays open until it is canceled. With 0, MSW 3 on Node holds the headers back as well.
 */
export interface StallFault {
  readonly stallAt: number;
}

/** One thing that goes wrong with a HEAD. */
export type HeadFault = StatusFault | NetworkFault | HeadersFault;

/** One thing that goes wrong with a GET. */
export type Fault = HeadFault | BreakFault | StallFault;

/**
 * What goes wrong, by method. One fault holds for every such request. Of a list each request uses up
 * one, `null` standing for a request that goes well; after the last all is well.
 *
 * @example
 * // The first click fails, the second one downloads.
 * service.issue({ ...plan, faults: { get: [{ status: 503 }] } });
 * // The link is fine when the page opens, and can't be checked after that.
 * service.issue({ ...plan, faults: { head: [null, { network: 'error' }] } });
 */
export interface Faults {
  readonly head?: HeadFault | readonly (HeadFault | null)[];
  readonly get?: Fault | readonly (Fault | null)[];
}

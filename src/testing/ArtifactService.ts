import type { ArtifactAnswer, TokenStatus } from './artifactAnswer.ts';
import type { Fault, Faults } from './faults.ts';
import type { IssueOptions } from './issueOptions.ts';
import type { LineSpeed } from './line.ts';
import type { ArtifactRequest } from './requestLog.ts';

/** What a token was issued for. Sizes in bytes, times in milliseconds by the service's clock. */
export interface ArtifactInfo {
  readonly fileName: string;
  readonly contentType: string;
  readonly size: number;
  readonly issuedAt: number;
  /** `null`: never. */
  readonly expiresAt: number | null;
}

/** A request, as far as the service cares. */
export interface RequestToAnswer {
  /** In upper case. */
  method: string;
  /** Decoded; `''` where the URL held nothing that could be decoded. */
  token: string;
  /** Aborts when the client leaves: the body then stops, with the outcome `aborted`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds until the answer, unless the token has its own. Default: 0. */
  latency?: number | undefined;
  /** Throttles the body, unless the token has its own. Default: unthrottled. */
  bytesPerSecond?: number | undefined;
  /** What goes wrong, asked for unless the token's own faults speak of the method. Default: nothing. */
  takeFault?: ((method: string) => Fault | null) | undefined;
}

/** The life of single-use download tokens: issue → inspect* → consume | expire. */
export interface ArtifactService {
  /**
   * Hands out a token for one artifact.
   *
   * @throws RangeError or TypeError for options that no server could mean.
   * @throws Error when `token` was issued before.
   */
  issue(options: IssueOptions): string;
  /** What the token was issued for; `null` for an unknown one. */
  artifact(token: string): ArtifactInfo | null;
  /** Where the token is in its life, by the clock of this moment. */
  status(token: string): TokenStatus;
  /**
   * Lets the token expire now, as the clock would. Nothing happens to one already consumed.
   *
   * @throws Error for an unknown token.
   */
  expire(token: string): void;
  /**
   * Consumes the token now, as a download in another tab would. Nothing happens to an expired one.
   *
   * @throws Error for an unknown token.
   */
  consume(token: string): void;
  /**
   * Changes the token's own line; what is left out stays. A new `bytesPerSecond` holds for a body that
   * is being sent too, from the next 50 ms on; a new `latency` for requests to come.
   *
   * @throws RangeError for a line that can't be.
   * @throws Error for an unknown token.
   */
  setLine(token: string, line: LineSpeed): void;
  /**
   * Replaces the token's own faults, for requests to come; a list starts anew. `null`: it has none of
   * its own any more, and meets the general ones. `{ head: [], get: [] }`: it meets none at all.
   *
   * @throws RangeError or TypeError for faults that can't be.
   * @throws Error for an unknown token.
   */
  setFaults(token: string, faults: Faults | null): void;
  /**
   * The requests made with a token, known or not, in the order of arrival; without a token, all.
   * Returns the same array until something changes.
   */
  requests(token?: string): readonly ArtifactRequest[];
  /**
   * Calls `listener` after every change: a token issued, expired or consumed, a request, a chunk sent.
   * A token that runs out by the clock calls nobody.
   *
   * @returns unsubscribes.
   */
  subscribe(listener: () => void): () => void;
  /**
   * Decides status, headers, body and delay, and logs the request: the one truth behind every
   * transport. HEAD never consumes; a GET that gets the artifact has consumed the token when this
   * returns.
   */
  respond(request: RequestToAnswer): ArtifactAnswer;
}

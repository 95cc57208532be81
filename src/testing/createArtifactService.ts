import {
  answerStatus,
  problemAnswer,
  type ArtifactAnswer,
  type TokenStatus,
} from './artifactAnswer.ts';
import { readIssueOptions, type IssuedArtifact, type IssueOptions } from './issueOptions.ts';
import { createRequestLog, type ArtifactRequest } from './requestLog.ts';
import { sendBody } from './sendBody.ts';
import { assertPathSegment, randomToken } from './token.ts';

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
  /** Throttles the body. Default: unthrottled. */
  bytesPerSecond?: number | undefined;
}

/** The life of single-use download tokens: issue → inspect* → consume | expire. */
export interface ArtifactService {
  /**
   * Hands out a token for one artifact.
   *
   * @throws RangeError for options that no server could mean.
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
   * Decides status, headers and body, and logs the request: the one truth behind every transport.
   * HEAD never consumes; a GET answered 200 has consumed the token when this returns.
   */
  respond(request: RequestToAnswer): ArtifactAnswer;
}

interface TokenRecord {
  readonly info: ArtifactInfo;
  readonly issued: IssuedArtifact;
  /** How its life ended; the clock may end it too. */
  ended: 'consumed' | 'expired' | null;
}

/**
 * Creates a service that issues single-use download tokens and answers for them as the real one does.
 *
 * @param options - `now`: the clock, in milliseconds. Default: `Date.now`.
 *
 * @example
 * const service = createArtifactService();
 * const token = service.issue({ fileName: 'a.pdf', contentType: 'application/pdf', size: 2048 });
 * setupServer(...artifactHandlers(service));
 */
export function createArtifactService(options: { now?: () => number } = {}): ArtifactService {
  // Looked up at each call, so that fake timers installed later are seen.
  const now = options.now ?? (() => Date.now());
  const records = new Map<string, TokenRecord>();
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const log = createRequestLog(changed);

  const status = (token: string): TokenStatus => {
    const record = records.get(token);
    if (record === undefined) return 'unknown';
    if (record.ended !== null) return record.ended;
    const { expiresAt } = record.info;
    return expiresAt !== null && now() >= expiresAt ? 'expired' : 'fresh';
  };

  const end = (token: string, how: 'consumed' | 'expired'): void => {
    const record = records.get(token);
    if (record === undefined) {
      throw new Error(
        `The token cannot be ${how}: this service did not issue it. ` +
          'Pass what `issue` returned, unchanged.',
      );
    }
    if (status(token) !== 'fresh') return;
    record.ended = how;
    changed();
  };

  return {
    issue(artifact) {
      const { token = randomToken(), fileName, contentType, expiresIn } = artifact;
      assertPathSegment(token);
      if (records.has(token)) {
        throw new Error(
          'The artifact was not issued: its token was issued before, and a token is for one artifact. ' +
            'Pass another `token`, or none.',
        );
      }
      const issued = readIssueOptions(artifact);
      const issuedAt = now();
      const expiresAt = expiresIn === undefined ? null : issuedAt + expiresIn;
      const info = { fileName, contentType, size: issued.size, issuedAt, expiresAt };
      records.set(token, { info, issued, ended: null });
      changed();
      return token;
    },

    artifact: (token) => records.get(token)?.info ?? null,
    status,
    expire: (token) => end(token, 'expired'),
    consume: (token) => end(token, 'consumed'),
    requests: (token) => log.list(token),

    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    respond({ method, token, signal, bytesPerSecond = Infinity }) {
      const code = answerStatus(method, status(token));
      const record = records.get(token);
      const arrival = { method, status: code, at: now() };
      if (record === undefined || code !== 200) {
        log.add(token, { ...arrival, outcome: 'answered' });
        return problemAnswer(method, code);
      }

      const { issued } = record;
      const headers = new Headers(issued.headers);
      if (method === 'HEAD') {
        log.add(token, { ...arrival, outcome: 'answered' });
        return { status: code, headers, body: null };
      }

      // Before the first byte, and before anybody is told: a second GET can only come after this.
      record.ended = 'consumed';
      const amend = log.add(token, { ...arrival, outcome: 'sending' });
      const body = sendBody({
        open: issued.open,
        size: issued.size,
        bytesPerSecond,
        signal,
        onSent: (sentBytes) => amend({ sentBytes }),
        onEnd: (outcome) => amend({ outcome }),
      });
      return { status: code, headers, body };
    },
  };
}

import { answerStatus, faultAnswer, problemAnswer, type TokenStatus } from './artifactAnswer.ts';
import type { ArtifactInfo, ArtifactService } from './ArtifactService.ts';
import { assertFaults, assertFits, stopOf } from './assertFaults.ts';
import { createFaultQueue, type FaultQueue } from './faultQueue.ts';
import type { Fault, Faults } from './faults.ts';
import { readIssueOptions, type IssuedArtifact } from './issueOptions.ts';
import { assertSpeed, type LineSpeed } from './line.ts';
import { createRequestLog, type ArtifactRequest } from './requestLog.ts';
import { sendBody } from './sendBody.ts';
import { assertPathSegment, randomToken } from './token.ts';

interface TokenRecord {
  readonly info: ArtifactInfo;
  readonly issued: IssuedArtifact;
  /** How its life ended; the clock may end it too. */
  ended: 'consumed' | 'expired' | null;
  /** Its own line, where it has one. */
  speed: LineSpeed;
  /** Its own faults, where it has some. */
  faults: Faults | null;
  takeFault: FaultQueue;
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

  const recordOf = (token: string, failure: string): TokenRecord => {
    const record = records.get(token);
    if (record !== undefined) return record;
    throw new Error(
      `${failure}: this service did not issue it. Pass what \`issue\` returned, unchanged.`,
    );
  };

  const end = (token: string, how: 'consumed' | 'expired'): void => {
    const record = recordOf(token, `The token cannot be ${how}`);
    if (status(token) !== 'fresh') return;
    record.ended = how;
    changed();
  };

  return {
    issue(artifact) {
      const { token = randomToken(), fileName, contentType, expiresIn, faults = null } = artifact;
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
      const { speed } = issued;
      const takeFault = createFaultQueue();
      records.set(token, { info, issued, ended: null, speed, faults, takeFault });
      changed();
      return token;
    },

    artifact: (token) => records.get(token)?.info ?? null,
    status,
    expire: (token) => end(token, 'expired'),
    consume: (token) => end(token, 'consumed'),
    setLine(token, speed) {
      const record = recordOf(token, "The token's line was not changed");
      assertSpeed(speed, "The token's line was not changed");
      record.speed = { ...record.speed, ...speed };
    },

    setFaults(token, faults) {
      const record = recordOf(token, "The token's faults were not changed");
      const failure = "The token's faults were not changed";
      if (faults !== null) assertFaults(faults, failure, record.info.size);
      record.faults = faults;
      record.takeFault = createFaultQueue();
    },

    requests: (token) => log.list(token),

    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    respond({ method, token, signal, ...general }) {
      const record = records.get(token);
      const own = record?.takeFault(record.faults, method);
      const fault = own === undefined ? (general.takeFault?.(method) ?? null) : own;
      const latency = record?.speed.latency ?? general.latency ?? 0;
      const add = (code: number, outcome: ArtifactRequest['outcome']) =>
        log.add(token, { method, status: code, at: now(), outcome });

      if (fault !== null && 'network' in fault) {
        add(0, 'aborted');
        const wait = fault.network === 'silence' ? Infinity : latency;
        return { status: 0, headers: new Headers(), body: null, latency: wait };
      }
      if (fault !== null && 'status' in fault) {
        add(fault.status, 'answered');
        return faultAnswer(method, fault, latency);
      }
      const code = answerStatus(method, status(token));
      if (record === undefined || code !== 200) {
        add(code, 'answered');
        return problemAnswer(method, code, latency);
      }

      const { issued } = record;
      const headers = artifactHeaders(issued, fault);
      if (method === 'HEAD') {
        add(code, 'answered');
        return { status: code, headers, body: null, latency };
      }

      // Of a general fault it is known only now whether it fits; the token is not spent on one that
      // does not.
      if (fault !== null) assertFits(fault, 'The request was not answered', issued.size);
      // Before the first byte, and before anybody is told: a second GET can only come after this.
      record.ended = 'consumed';
      const amend = add(code, 'sending');
      const body = sendBody({
        open: issued.open,
        size: issued.size,
        stop: fault && stopOf(fault),
        bytesPerSecond: () => record.speed.bytesPerSecond ?? general.bytesPerSecond ?? Infinity,
        signal,
        onSent: (sentBytes) => amend({ sentBytes }),
        onEnd: (outcome) => amend({ outcome }),
      });
      return { status: code, headers, body, latency };
    },
  };
}

function artifactHeaders(issued: IssuedArtifact, fault: Fault | null): Headers {
  const headers = new Headers(issued.headers);
  const changes = fault !== null && 'headers' in fault ? fault.headers : {};
  for (const [header, value] of Object.entries(changes)) {
    if (value === null) headers.delete(header);
    else headers.set(header, value);
  }
  return headers;
}

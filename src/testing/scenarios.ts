import type { ArtifactService } from './ArtifactService.ts';
import type { Faults } from './faults.ts';
import type { IssueOptions } from './issueOptions.ts';
import { randomToken } from './token.ts';

/**
 * Issues a token with a story of its own.
 *
 * @param overrides - anything of {@link IssueOptions} to have otherwise. `faults` replace the
 * scenario's own, all of them.
 * @returns the token.
 * @throws what {@link ArtifactService.issue} throws.
 */
export type Scenario = (service: ArtifactService, overrides?: Partial<IssueOptions>) => string;

/** The name of a recipe in {@link scenarios}. */
export type ScenarioName = keyof typeof scenarios;

/** What is issued unless a scenario or its caller says otherwise. */
const PLAN = { fileName: 'site-plan.pdf', contentType: 'application/pdf', size: 2_048_576 };

const WEB_PAGE = {
  status: 200,
  body: '<!doctype html><title>Log in</title><h1>Log in</h1>',
  contentType: 'text/html; charset=utf-8',
};

const ready = recipe({});

const consumed: Scenario = (service, overrides) => {
  const token = ready(service, overrides);
  service.consume(token);
  return token;
};

const unknown: Scenario = (_service, overrides) => overrides?.token ?? randomToken();

/**
 * A story for every state that a download button can come into, each told by the server alone. All
 * tokens of a service live side by side; none disturbs another. Each recipe says what is seen of it.
 *
 * @example
 * const token = scenarios.breaksOff(service, { fileName: 'site.dwg', bytesPerSecond: 500_000 });
 */
export const scenarios = Object.freeze({
  /** Ready, with name, type and size; a click downloads at once. */
  ready,
  /** Ready, "File details are not available": HEAD is answered 405. A click downloads. */
  readyWithoutDetails: recipe({ faults: { head: { status: 405 } } }),
  /**
   * Ready, and dead a minute later. The button counts down when it gets `expiresAt`, which no header
   * tells: `service.artifact(token)?.expiresAt`.
   */
  expiresSoon: recipe({ expiresIn: 60_000 }),

  /** "Link no longer works": its time was over before the page opened. */
  expired: recipe({ expiresIn: 0 }),
  /** "Link no longer works": it was downloaded before, as in another tab. */
  consumed,
  /** "Link no longer works": nobody issued it. Of the overrides only `token` counts. */
  unknown,

  /** "The server can’t answer now", and when it is asked again: HEAD is answered 503, Retry-After 30. */
  busy: recipe({ faults: { head: { status: 503, retryAfter: 30 } } }),
  /** As `busy` for 3 seconds (429, Retry-After 3), then ready: only the first HEAD is refused. */
  busyAtFirst: recipe({ faults: { head: [{ status: 429, retryAfter: 3 }] } }),
  /** "The server can’t be reached", after some tries: each HEAD ends without an answer. */
  unreachable: recipe({ faults: { head: { network: 'error' } } }),
  /** "Checking link…", until after half a minute the button gives up waiting for HEAD. */
  silent: recipe({ faults: { head: { network: 'silence' } } }),
  /**
   * "The server gave an unexpected answer": a page to log in, with status 200. A page of another
   * origin can't tell, and shows a web page that is ready.
   */
  webPage: recipe({ faults: { head: WEB_PAGE, get: WEB_PAGE } }),

  /** "Checking link…" and "Starting download…" for 2 s each, then about 20 s of progress. */
  slow: recipe({ latency: 2_000, bytesPerSecond: 100_000 }),
  /** Ready without a size; progress without a percentage, and an end that nothing can verify. */
  unknownLength: recipe({ faults: onBoth({ headers: { 'Content-Length': null } }) }),
  /**
   * As `unknownLength`, for another reason: a `Content-Encoding`, by which the length counts other
   * bytes than those that arrive. It is one that nobody decodes, so the bytes come as they are.
   */
  encoded: recipe({ faults: onBoth({ headers: { 'Content-Encoding': 'compress' } }) }),
  /** Ready as "download.pdf": no Content-Disposition, as when CORS does not expose it. */
  hiddenName: recipe({ faults: onBoth({ headers: { 'Content-Disposition': null } }) }),
  /** Ready with 0 bytes; a click is done at once. */
  empty: recipe({ size: 0 }),
  /** Ready with 10 GB, of which only what is read is made; 5 MB a second, so over half an hour. */
  huge: recipe({
    fileName: 'point-cloud.las',
    contentType: 'application/octet-stream',
    size: 10_000_000_000,
    bytesPerSecond: 5_000_000,
  }),

  /** Ready; after a click "Link no longer works": GET is answered 410, as when another was faster. */
  deadAtGet: recipe({ faults: { get: { status: 410 } } }),
  /** Ready; after a click "Download failed": GET is answered 405. */
  refusedAtGet: recipe({ faults: { get: { status: 405 } } }),
  /** Ready; after each click "Interrupted. The link still works.": GET is answered 503. */
  failsAtGet: recipe({ faults: { get: { status: 503 } } }),
  /** As `failsAtGet` after the first click; the second one downloads. */
  failsOnceAtGet: recipe({ faults: { get: [{ status: 503 }] } }),
  /** Ready; after a click "Starting download…" until it is canceled, after which the link works. */
  silentAtGet: recipe({ faults: { get: { network: 'silence' } } }),
  /**
   * Ready without details; after a click "Download failed", "Whether the link still works is not
   * known": HEAD is answered 405 and GET 503.
   */
  outcomeUnknown: recipe({ faults: { head: { status: 405 }, get: { status: 503 } } }),
  /** Ready; half way "The connection was lost", and the link is used up. */
  breaksOff: recipe({}, (size) => ({ get: { breakAt: Math.floor(size / 2) } })),
  /** Ready; half way nothing more comes, until it is canceled, or the button gives up (2 min). */
  stalls: recipe({}, (size) => ({ get: { stallAt: Math.floor(size / 2) } })),
  /** Ready; after a click "Only a part of the file came": HEAD promises twice what GET sends. */
  incomplete: recipe({}, (size) => ({ head: { headers: { 'Content-Length': `${size * 2}` } } })),
} satisfies Record<string, Scenario>);

/** @param faultsFor - faults that depend on the size, in bytes, which the caller may override. */
function recipe(options: Partial<IssueOptions>, faultsFor?: (size: number) => Faults): Scenario {
  return (service, overrides = {}) => {
    // A body that knows its own length wins over the size of the plan.
    const { size: _, ...unsized } = PLAN;
    const isSized = overrides.body === undefined || typeof overrides.body === 'function';
    const artifact = { ...(isSized ? PLAN : unsized), ...options, ...overrides } as IssueOptions;
    const token = service.issue(artifact);
    const size = service.artifact(token)?.size ?? 0;
    if (faultsFor && !overrides.faults) service.setFaults(token, faultsFor(size));
    return token;
  };
}

function onBoth(fault: NonNullable<Faults['head']>): Faults {
  return { head: fault, get: fault };
}

import { hashKey, queryOptions, skipToken } from '@tanstack/react-query';
import { downloadOf } from '../download/downloadOf.ts';
import { loadLate } from '../download/loadLate.ts';
import { DEFAULT_ENDPOINT, isWellFormedToken, type Endpoint } from '../protocol/artifactUrl.ts';
import type { Inspection } from '../protocol/Inspection.ts';
import { LoadError, type ArtifactDownloadError } from '../protocol/LoadError.ts';
import { sendHead } from '../protocol/sendHead.ts';

/** When a button asks again by itself whether its token is alive. */
export interface Recheck {
  /** When the page is shown again. Default `true`. */
  readonly onFocus?: boolean;
  /** When the network comes back. Default `true`. */
  readonly onReconnect?: boolean;
  /** Every so many milliseconds while the page is shown; `false`, the default: never. */
  readonly every?: number | false;
}

/** What an inspection needs. */
export interface ArtifactInspectionInput {
  /** The token, opaque and as issued; it appears in neither the key nor the data. */
  readonly token: string | null | undefined;
  /** Default: `/api/open/v1/artifact-downloads` on the page's origin. */
  readonly endpoint?: Endpoint;
  readonly recheck?: Recheck;
}

/** A HEAD's answer stands for this long, in milliseconds, before another button asks again. */
const FRESH = 10_000;
const ATTEMPTS_AFTER_THE_FIRST = 3;
const LONGEST_BACKOFF = 30_000;

/**
 * TanStack Query options that ask with HEAD whether a token is alive, for `useQuery`,
 * `queryClient.prefetchQuery` and the like. A dead token is data (`status: 'dead'`), a transient
 * failure an error; errors are retried with growing pauses, or when `Retry-After` says.
 *
 * Every option that decides about requests is pinned, so that an app's `defaultOptions` can't
 * change how a token is treated.
 * @example useQuery(artifactInspectionOptions({ token }))
 */
export function artifactInspectionOptions(
  {
    token,
    endpoint = DEFAULT_ENDPOINT,
    recheck: { onFocus = true, onReconnect = true, every = false } = {},
  }: ArtifactInspectionInput,
  /** @internal What else has to be loaded before the answer counts. */
  prepare?: () => Promise<unknown>,
) {
  const download = isWellFormedToken(token) ? downloadOf(token) : null;
  const isDead = (data: Inspection | undefined) => data?.status === 'dead' || download?.isDead;
  const where = typeof endpoint === 'function' ? 'custom' : endpoint;
  return queryOptions<Inspection, ArtifactDownloadError>({
    queryKey: ['react-artifact-download', 'inspection', download?.id ?? null, where],
    // TanStack's signal stays unread on purpose: it would abort the HEAD whenever the last button
    // leaves, and StrictMode and fast scrolling make buttons leave for a moment. What has not been
    // sent yet is another matter.
    queryFn:
      download && token
        ? async (context) => {
            const { isUrgent } = download;
            download.isUrgent = false;
            // An app that asks by itself does not ask for a button.
            if (prepare && !isUrgent && !download.run && download.isFar) {
              const { untilNear } = await loadLate();
              await untilNear(download, context.signal);
            }
            const asked = download.epoch;
            const sent = sendHead(endpoint, token);
            // Side by side with HEAD, so that whoever is told "ready" has all that the click needs.
            const loading = Promise.all([loadLate(), prepare?.()]);
            const [{ joinTabs, learn, readInspection }] = await loading.catch((cause: unknown) => {
              throw new LoadError({ cause });
            });
            // Whoever is told "ready" hears from then on what other tabs do with the token.
            const [inspection] = await Promise.all([
              readInspection(sent, token),
              joinTabs(download, token),
            ]);
            learn(download, inspection, asked);
            return inspection;
          }
        : skipToken,
    retry: (failures, error) =>
      failures < ATTEMPTS_AFTER_THE_FIRST && isTransient(error) && !download?.isDead,
    retryDelay: (failures, error) => retryDelayOf(failures, error),
    // 'always': a machine without a network can still reach a server of its own.
    networkMode: 'always',
    staleTime: ({ state }) => (isDead(state.data) ? Infinity : FRESH),
    // An answer nobody shows is soon worth nothing, and "ready" must not come from an old one.
    gcTime: FRESH,
    refetchOnMount: true,
    refetchOnWindowFocus: ({ state }) => (onFocus && !isDead(state.data) ? 'always' : false),
    refetchOnReconnect: ({ state }) => (onReconnect && !isDead(state.data) ? 'always' : false),
    refetchInterval: ({ state }) => (isDead(state.data) ? false : every),
    refetchIntervalInBackground: false,
    retryOnMount: true,
    throwOnError: false,
    structuralSharing: true,
    queryKeyHashFn: hashKey,
    initialData: nothing,
    placeholderData: nothing,
    select: unchanged,
    persister: (ask, context) => ask(context),
    subscribed: true,
  });
}

const nothing = () => undefined;
const unchanged = (inspection: Inspection) => inspection;

function isTransient(error: ArtifactDownloadError): boolean {
  return error.name !== 'ProtocolError' && error.name !== 'EndpointError';
}

/** Milliseconds; a server's own word wins. Otherwise 1, 2, 4 … s, spread so that buttons don't ask in step. */
function retryDelayOf(failures: number, error: ArtifactDownloadError): number {
  const retryAt = 'retryAt' in error && typeof error.retryAt === 'number' ? error.retryAt : null;
  if (retryAt !== null) return Math.max(0, retryAt - Date.now());
  return Math.min(1_000 * 2 ** failures, LONGEST_BACKOFF) * (0.75 + Math.random() / 2);
}

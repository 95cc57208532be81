import { focusManager, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { Download } from '../download/Download.ts';
import {
  deriveState,
  type ArtifactDownloadState,
  type DownloadRecord,
  type InspectionView,
} from '../download/downloadState.ts';
import { cancel, saveAgain, start } from '../download/life.ts';
import { artifactUrl, type Endpoint } from '../protocol/artifactUrl.ts';
import type { Inspection } from '../protocol/Inspection.ts';
import type { ArtifactDownloadError } from '../protocol/LoadError.ts';
import type { ArtifactMetadata } from '../protocol/readMetadata.ts';
import { loadSink, prepareSink, sweepOnce, type SinkChoice } from '../saving/openSink.ts';
import { safeFileName } from '../protocol/safeFileName.ts';
import type { artifactInspectionOptions } from '../query/artifactInspectionOptions.ts';
import { inspectionIn, inspectNow } from '../query/inspectNow.ts';
import type { ArtifactDownloadDefaults } from './ArtifactDownloadProvider.tsx';
import { describeState } from './describeState.ts';
import { onIntent } from './onIntent.ts';
import { secondsLeft } from './expiry.ts';
import { isRenewing, renew } from './renewal.ts';
import type { StateDescription } from './StateDescription.ts';
import type { ArtifactDownloadOptions } from './useArtifactDownload.ts';
import type { Renewing } from './useRenewal.ts';
import type { Actions } from './propBags.ts';

export { watchClock } from './watchClock.ts';

/** All that one render of a button knows. */
export interface Scene {
  readonly options: ArtifactDownloadOptions;
  readonly defaults: ArtifactDownloadDefaults;
  readonly renewing: Renewing;
  /** Of the token that counts now; `null` when there is none, or it can't stand in a URL. */
  readonly download: Download | null;
  readonly endpoint: Endpoint;
  readonly record: DownloadRecord;
  readonly client: QueryClient;
  readonly inspectionOptions: ReturnType<typeof artifactInspectionOptions>;
  readonly query: UseQueryResult<Inspection, ArtifactDownloadError>;
  /** Whether the query may ask. */
  readonly mayAsk: boolean;
  /** See `secondsLeft`. */
  readonly left: number;
}

/** What a button shows and does. */
export interface Behaviour {
  readonly state: ArtifactDownloadState;
  readonly description: StateDescription;
  readonly actions: Actions;
}

const DEFAULT_STALL_TIMEOUT = 120_000;
const DEAD: Inspection = { status: 'dead' };

/** What a scene amounts to. */
export function behave(scene: Scene): Behaviour {
  const { options, defaults, renewing, download, record, query, left } = scene;
  const state = stateOf(scene, record, viewOfQuery(query), left <= 0);
  const description = describeState(
    state,
    { own: options.labels, outer: defaults.labels, locale: options.locale ?? defaults.locale },
    {
      secondsLeft: left,
      // Somebody may have waited for this.
      isNews: query.errorUpdateCount > 0 || renewing.current.token !== options.token,
      canRenew: options.renewToken !== undefined,
    },
  );
  const actions: Actions = {
    download: () => begin(scene, true),
    cancel: () => download && cancel(download),
    recheck: () => {
      if (download && record.status !== 'downloading') ask(scene);
    },
    saveAgain: () => download && saveAgain(download),
    renew: () => renewNow(scene, state),
  };
  return { state, description, actions };
}

/** What has to be done after a commit, without anybody asking for it. */
export function attend(
  scene: Scene,
  state: ArtifactDownloadState,
  button: HTMLElement | null,
): (() => void) | undefined {
  askAgain(scene);
  goOn(scene, state);
  sweepOnce();
  // What could not be opened a moment ago need not be opened ahead.
  if (state.status !== 'ready' || state.notice === 'memory-only') return undefined;
  const size = state.metadata?.size ?? null;
  const sink = sinkOf(scene);
  loadSink(sink, size);
  return button ? onIntent(button, () => prepareSink(sink, size)) : undefined;
}

function askAgain(scene: Scene): void {
  const { client, download, inspectionOptions, mayAsk, query, record } = scene;
  // An app may cancel the query, or clear its cache; and a button may come after the download that
  // left a question. Somebody has to ask, and one of many buttons is enough.
  const { fetchStatus } = query;
  const isKnownDead = download?.isDead && record.status !== 'unsettled';
  const isUnanswered =
    download !== null &&
    !isKnownDead &&
    mayAsk &&
    fetchStatus === 'idle' &&
    !(query.error ?? query.failureReason) &&
    (record.status === 'unsettled' || !query.data);
  const cached = inspectionIn(client, inspectionOptions);
  // A retry that fell asleep with the page is woken by the page, but not for a button that comes later.
  const isAsleep = mayAsk && fetchStatus === 'paused' && focusManager.isFocused();
  if ((isUnanswered && cached?.state.fetchStatus !== 'fetching') || isAsleep) ask(scene);
  // A retry that began before must not ask for what is over now, unless another button wants to know.
  const isOver = isKnownDead || (!mayAsk && cached && !cached.isActive());
  if (isOver && fetchStatus !== 'idle' && query.failureCount > 0) {
    void client.cancelQueries({ queryKey: inspectionOptions.queryKey, exact: true });
  }
}

/** Goes on with a click that found its token dead, once the new one is there. */
function goOn(scene: Scene, state: ArtifactDownloadState): void {
  const { current, place: holder } = scene.renewing;
  const place = holder.current;
  if (place.goOn === null || place.goOn !== current.token) return;
  if (state.status === 'checking') return;
  place.goOn = null;
  // Not renewed once more: what is dead again would be so for ever.
  // A click is no licence for ever.
  if (state.status === 'ready' && Date.now() < place.goOnUntil) begin(scene, false);
}

/** Cancels the download of a button that has gone, unless another one shows it. */
export function abandon(download: Download): void {
  // Not at once: StrictMode and a moving list take a button off only to put it back.
  setTimeout(() => download.isSeen || cancel(download));
}

function sinkOf({ options, defaults }: Scene): SinkChoice {
  return options.sink ?? defaults.sink ?? 'auto';
}

function stateOf(
  { options, renewing, download }: Scene,
  record: DownloadRecord,
  inspection: InspectionView,
  lapsed: boolean,
): ArtifactDownloadState {
  const { token, expiresAt, isPending, error } = renewing.current;
  if (token === null || token === undefined) {
    return { status: 'preparing', metadata: null, renewing: false };
  }
  const data = download?.isDead ? DEAD : inspection.data;
  const answer = data?.status === 'available' ? data.metadata : null;
  const metadata = renamed(download?.metadata ?? answer, options.fileName);
  if (isPending) return { status: 'preparing', metadata, renewing: true };
  if (error) return { status: 'failed', metadata, error, recovery: 'renew' };
  if (!download) return { status: 'expired', metadata: null, reason: 'malformed' };
  const state = deriveState({
    record,
    inspection: { ...inspection, data },
    metadata,
    expiresAt,
    lapsed,
  });
  const canRenew =
    state.status === 'failed' &&
    state.recovery === 'none' &&
    state.error.name !== 'EndpointError' &&
    options.renewToken;
  return canRenew ? { ...state, recovery: 'renew' } : state;
}

/** Spends the token, if it is ready now: the last render may be older than the last answer. */
function begin(scene: Scene, mayRenew: boolean): void {
  const { options, defaults, renewing, download, endpoint, client, inspectionOptions } = scene;
  const { token, expiresAt } = renewing.current;
  if (!download || !token || isRenewing(renewing)) return;
  const cached = inspectionIn(client, inspectionOptions)?.state;
  const inspection = cached
    ? viewOf(
        cached.data,
        cached.error ?? cached.fetchFailureReason,
        cached.fetchStatus !== 'idle',
        cached.fetchFailureCount,
      )
    : // An app may have cleared its cache; then what the button shows is all there is.
      viewOfQuery(scene.query);
  const live = stateOf(scene, download.getSnapshot(), inspection, secondsLeft(expiresAt) <= 0);
  if (live.status !== 'ready') return;
  let url: string;
  try {
    url = artifactUrl(endpoint, token);
  } catch {
    // An endpoint function that worked for HEAD; asking again shows what is wrong with it.
    ask(scene);
    return;
  }
  const { renewToken } = options;
  start(download, {
    url,
    token,
    metadata: live.metadata,
    fileName: ownNameOf(options.fileName),
    sink: sinkOf(scene),
    accepted: live.notice === 'memory-only' || live.notice === 'may-not-save' ? live.notice : null,
    stallTimeout: options.stallTimeout ?? defaults.stallTimeout ?? DEFAULT_STALL_TIMEOUT,
    inspect: () => ask(scene),
    onDead: () => {
      // The button may show another token by now, which nobody has found dead.
      const isShown = renewing.place.current.token === renewing.current.of;
      if (mayRenew && renewToken && isShown) renew(renewing, renewToken, 'rejected', true);
    },
  });
}

function renewNow({ options, renewing }: Scene, state: ArtifactDownloadState): void {
  const { renewToken } = options;
  if (!renewToken) return;
  if (state.status === 'expired') renew(renewing, renewToken, state.reason, false);
  if (state.status === 'failed' && state.recovery === 'renew')
    renew(renewing, renewToken, 'failed', false);
}

function ask({ client, inspectionOptions, download }: Scene): void {
  // Asked for, if only by an outcome: it does not wait until the button is scrolled near.
  if (download) download.isUrgent = true;
  void inspectNow(client, inspectionOptions);
}

function viewOfQuery(query: Scene['query']): InspectionView {
  return viewOf(
    query.data,
    query.error ?? query.failureReason,
    query.fetchStatus !== 'idle',
    query.failureCount,
  );
}

function viewOf(
  data: Inspection | undefined,
  error: ArtifactDownloadError | null,
  isAsking: boolean,
  failures: number,
): InspectionView {
  return { data, error, isAsking, isRetrying: isAsking && failures < 2 };
}

function ownNameOf(fileName: string | undefined): string | null {
  return fileName?.trim() ? fileName : null;
}

/** Metadata under the app's own name for the file, made safe like a server's. */
function renamed(metadata: ArtifactMetadata | null, given: string | undefined) {
  const fileName = ownNameOf(given);
  if (fileName === null) return metadata;
  return { contentType: null, size: null, ...metadata, fileName: safeFileName(fileName) };
}

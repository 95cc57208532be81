'use client';
import { hashKey, useQuery, type FetchStatus, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { downloadOf } from '../download/downloadOf.ts';
import { lateIfLoaded, loadLate } from '../download/loadLate.ts';
import {
  deriveState,
  type ArtifactDownloadState,
  type DownloadRecord,
  type InspectionView,
} from '../download/downloadState.ts';
import { artifactUrl, DEFAULT_ENDPOINT, isWellFormedToken } from '../protocol/artifactUrl.ts';
import type { Inspection } from '../protocol/Inspection.ts';
import type { ArtifactDownloadError } from '../protocol/LoadError.ts';
import type { ArtifactMetadata } from '../protocol/readMetadata.ts';
import { warnOnce } from '../protocol/warnOnce.ts';
import { artifactInspectionOptions } from '../query/artifactInspectionOptions.ts';
import { inspectionIn, inspectNow } from '../query/inspectNow.ts';
import { useDefaults, type ArtifactDownloadDefaults } from './ArtifactDownloadProvider.tsx';
import { describeState, loadDescriptions } from './describeState.ts';
import type { StateDescription } from './StateDescription.ts';
import { expiryOf, secondsLeft, useSecondsLeft } from './expiry.ts';
import { useLabels } from './useLabels.ts';
import { useNearestClient } from './useNearestClient.ts';
import { usePropBags, type PropBags } from './usePropBags.ts';
import { useStatusCallbacks, type StatusCallbacks } from './useStatusCallbacks.ts';
import { useUntold } from './useUntold.ts';

/** What a download button has to be told. Only the token is needed. */
export interface ArtifactDownloadOptions extends ArtifactDownloadDefaults, StatusCallbacks {
  /** The token as issued; `null` or `undefined` while the app is still getting one. */
  token: string | null | undefined;
  /** The name to show and to save under; it wins over the server's, and is made safe like it. */
  fileName?: string | undefined;
  /** When the token lapses, if the app knows: a `Date`, epoch milliseconds or ISO 8601. */
  expiresAt?: Date | number | string | null | undefined;
}

/** What {@link useArtifactDownload} gives. */
export interface ArtifactDownload extends PropBags {
  /** The one truth about the download; everything else here follows from it. */
  readonly state: ArtifactDownloadState;
  /** The state in words, in the button's language. */
  readonly description: StateDescription;
  /**
   * Sends the GET that spends the token. Call it from a user's click and from nowhere else. Does
   * nothing unless the state is `ready`, and nothing the second time.
   */
  readonly download: () => void;
  /** Cancels the running download, then asks HEAD whether the token has survived it. */
  readonly cancel: () => void;
  /** Sends HEAD now. Does nothing while downloading. */
  readonly recheck: () => void;
  /** Saves bytes that are still held once more, without a request. */
  readonly saveAgain: () => void;
}

const IDLE: DownloadRecord = { status: 'idle', notice: null };
const idle = () => IDLE;
const unsubscribed = () => () => {};
const DEFAULT_STALL_TIMEOUT = 120_000;
/** Named, not tracked: an app's default could turn the tracking off, and then all would count. */
const WATCHED: (keyof UseQueryResult)[] = [
  'data',
  'error',
  'failureReason',
  'errorUpdateCount',
  'fetchStatus',
];

/**
 * A download button's behaviour without its markup: inspects the token with HEAD, spends it with
 * one GET on `download()`, and tells the state of both.
 * @example
 * const { state, buttonProps, statusProps } = useArtifactDownload({ token });
 * return <><button {...buttonProps}>Get the drawings</button><span {...statusProps} /></>;
 */
export function useArtifactDownload(options: ArtifactDownloadOptions): ArtifactDownload {
  const defaults = useDefaults();
  const { token } = options;
  const endpoint = options.endpoint ?? defaults.endpoint ?? DEFAULT_ENDPOINT;
  const sink = options.sink ?? defaults.sink ?? 'auto';
  const stallTimeout = options.stallTimeout ?? defaults.stallTimeout ?? DEFAULT_STALL_TIMEOUT;
  const whenUnmounted = options.whenUnmounted ?? defaults.whenUnmounted ?? 'keep';
  const labels = useLabels(defaults.labels, options.labels);
  const expiresAt = expiryOf(options.expiresAt);
  const fileName = options.fileName?.trim() ? options.fileName : null;

  const usable = isWellFormedToken(token);
  if (process.env.NODE_ENV !== 'production' && !usable && token !== null && token !== undefined) {
    warnMalformed();
  }
  const download = useMemo(() => (isWellFormedToken(token) ? downloadOf(token) : null), [token]);
  const record = useSyncExternalStore(
    download?.subscribe ?? unsubscribed,
    download?.getSnapshot ?? idle,
    idle,
  );
  const left = useSecondsLeft(expiresAt);
  const isHydrated = useSyncExternalStore(
    unsubscribed,
    () => true,
    () => false,
  );

  const client = useNearestClient(options.queryClient ?? defaults.queryClient);
  const inspectionOptions = artifactInspectionOptions(
    { token, endpoint, recheck: { ...defaults.recheck, ...options.recheck } },
    loadDescriptions,
  );
  const mayAsk = ['idle', 'refused', 'unsettled'].includes(record.status) && left > 0;
  const query = useQuery(
    { ...inspectionOptions, enabled: usable && mayAsk, notifyOnChangeProps: WATCHED },
    client,
  );

  const stateOf = (
    now: DownloadRecord,
    inspected: InspectionView,
    lapsed: boolean,
  ): ArtifactDownloadState => {
    if (token === null || token === undefined) return { status: 'preparing' };
    // Until it has been hydrated, a button shows what the server did, whatever is known by now.
    if (!isHydrated) return { status: 'checking', metadata: null };
    if (!usable) return { status: 'expired', metadata: null, reason: 'malformed' };
    const answer = inspected.data?.status === 'available' ? inspected.data.metadata : null;
    const told = download?.metadata ?? answer;
    return deriveState({
      record: now,
      inspection: inspected,
      metadata: fileName === null ? told : renamed(told, fileName),
      expiresAt,
      lapsed,
    });
  };
  const inspection = viewOf(
    query.data,
    query.error ?? query.failureReason,
    () => query.fetchStatus,
    () => query.failureCount,
  );
  const isIdle = query.fetchStatus === 'idle';
  const state = stateOf(record, inspection, left <= 0);

  const ask = () => void inspectNow(client, inspectionOptions);
  const start = () => {
    if (!download || !usable) return;
    // The last render may be older than the last answer, the clock or another button's click.
    const cached = inspectionIn(client, inspectionOptions)?.state;
    // An app may have cleared its cache; then what the button shows is all there is.
    const known = cached
      ? viewOf(
          cached.data,
          cached.error ?? cached.fetchFailureReason,
          () => cached.fetchStatus,
          () => cached.fetchFailureCount,
        )
      : inspection;
    const live = stateOf(download.getSnapshot(), known, secondsLeft(expiresAt) <= 0);
    if (live.status !== 'ready') return;
    let url: string;
    try {
      url = artifactUrl(endpoint, token);
    } catch {
      // An endpoint function that worked for HEAD; asking again shows what is wrong with it.
      ask();
      return;
    }
    const request = {
      url,
      token,
      metadata: live.metadata,
      fileName,
      sink,
      stallTimeout,
      inspect: ask,
    };
    const late = lateIfLoaded();
    // An inspection has loaded it, so that nothing is awaited here; unless the app primed the cache.
    if (late) late.start(download, request);
    else void loadLate().then(({ start: begin }) => begin(download, request), ask);
  };
  const act = (what: 'cancel' | 'saveAgain') => {
    if (!download) return;
    const late = lateIfLoaded();
    // Another copy of this library may have begun what is to be ended here.
    if (late) late[what](download);
    else void loadLate().then((loaded) => loaded[what](download), ask);
  };

  // An app may cancel the query, or clear its cache; and a button may come after the download that
  // left a question. Somebody has to ask, and one of many buttons is enough.
  const unanswered =
    usable &&
    mayAsk &&
    isIdle &&
    !inspection.error &&
    (record.status === 'unsettled' || !inspection.data);
  useEffect(() => {
    if (unanswered && inspectionIn(client, inspectionOptions)?.state.fetchStatus !== 'fetching')
      ask();
  });
  useEffect(() => {
    if (whenUnmounted !== 'cancel' || !download) return undefined;
    // Not at once: StrictMode and a moving list take a button off only to put it back.
    return () => void setTimeout(() => download.isSeen || lateIfLoaded()?.cancel(download));
  }, [download, whenUnmounted]);
  useStatusCallbacks(state, options);
  useUntold(state.status, client, hashKey(inspectionOptions.queryKey));

  const locale = options.locale ?? defaults.locale;
  const hasErred = query.errorUpdateCount > 0;
  const description = describeState(state, labels, locale, left, hasErred);
  const actions = {
    download: start,
    cancel: () => act('cancel'),
    recheck: () => {
      if (usable && record.status !== 'downloading') ask();
    },
    saveAgain: () => act('saveAgain'),
  };
  return { state, description, ...actions, ...usePropBags(state, description, actions) };
}

function viewOf(
  data: Inspection | undefined,
  error: ArtifactDownloadError | null,
  fetchStatus: () => FetchStatus,
  failures: () => number,
): InspectionView {
  const isAsking = () => fetchStatus() !== 'idle';
  return { data, error, isAsking, isRetrying: () => isAsking() && failures() < 2 };
}

/** Metadata under the app's own name for the file, made safe like a server's. */
function renamed(metadata: ArtifactMetadata | null, fileName: string): ArtifactMetadata | null {
  const late = lateIfLoaded();
  if (!late) return metadata;
  return { contentType: null, size: null, ...metadata, fileName: late.safeFileName(fileName) };
}

function warnMalformed(): void {
  warnOnce(
    'a token is empty, ".", "..", not a string, or holds a lone surrogate, so no request was sent for it. Pass it exactly as issued, and null while there is none.',
  );
}

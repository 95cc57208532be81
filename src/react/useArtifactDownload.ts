'use client';
import { hashKey, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { downloadOf } from '../download/downloadOf.ts';
import type { ArtifactDownloadState, DownloadRecord } from '../download/downloadState.ts';
import { DEFAULT_ENDPOINT, isWellFormedToken } from '../protocol/artifactUrl.ts';
import { warnOnce } from '../protocol/warnOnce.ts';
import { artifactInspectionOptions } from '../query/artifactInspectionOptions.ts';
import { useDefaults, type ArtifactDownloadDefaults } from './ArtifactDownloadProvider.tsx';
import type { Scene } from './behaviour.ts';
import { describeEarly, earlyState } from './earlyStates.ts';
import { secondsLeft, type Expiry } from './expiry.ts';
import { behaviourIfLoaded, loadBehaviour } from './loadBehaviour.ts';
import { createPartRefs, propBagsOf, type Actions, type PropBags } from './propBags.ts';
import type { StateDescription } from './StateDescription.ts';
import { useNearestClient } from './useNearestClient.ts';
import { useRenewal, type RenewToken } from './useRenewal.ts';
import { useStatusCallbacks, type StatusCallbacks } from './useStatusCallbacks.ts';
import { useUntold } from './useUntold.ts';

/** What a download button has to be told. Only the token is needed. */
export interface ArtifactDownloadOptions extends ArtifactDownloadDefaults, StatusCallbacks {
  /** The token as issued; `null` or `undefined` while the app is still getting one. */
  token: string | null | undefined;
  /** The name to show and to save under; it wins over the server's, and is made safe like it. */
  fileName?: string | undefined;
  /** When the token lapses, if the app knows: a `Date`, epoch milliseconds or ISO 8601. */
  expiresAt?: Expiry;
  /**
   * Gets a new token when this one can't be used any more. With it a dead link offers "Get a new
   * link", and a click that finds its link dead gets a new one and goes on. Default: none.
   */
  renewToken?: RenewToken | undefined;
}

/** What {@link useArtifactDownload} gives. */
export interface ArtifactDownload extends PropBags, Actions {
  /** The one truth about the download; everything else here follows from it. */
  readonly state: ArtifactDownloadState;
  /** The state in words, in the button's language. */
  readonly description: StateDescription;
}

const IDLE: DownloadRecord = { status: 'idle', notice: null };
const idle = () => IDLE;
const nothing = () => {};
const unsubscribed = () => nothing;
/** Before everything is loaded there is nothing to act on. */
const INERT: Actions = {
  download: nothing,
  cancel: nothing,
  recheck: nothing,
  saveAgain: nothing,
  renew: nothing,
};
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
  const endpoint = options.endpoint ?? defaults.endpoint ?? DEFAULT_ENDPOINT;
  const renewing = useRenewal(options.token, options.expiresAt);
  const { token, expiresAt } = renewing.current;
  const hasToken = token !== null && token !== undefined;
  const download = useMemo(() => (isWellFormedToken(token) ? downloadOf(token) : null), [token]);
  if (process.env.NODE_ENV !== 'production' && hasToken && !download) warnMalformed();
  const record = useSyncExternalStore(
    download?.subscribe ?? unsubscribed,
    download?.getSnapshot ?? idle,
    idle,
  );
  const isHydrated = useSyncExternalStore(
    unsubscribed,
    () => true,
    () => false,
  );
  // Until it has been hydrated, a button shows what the server did, whatever is known by now.
  const behaviour = isHydrated ? behaviourIfLoaded() : null;
  const left = useSyncExternalStore(
    useMemo(
      () =>
        behaviour && expiresAt !== null
          ? (onChange: () => void) => behaviour.watchClock(expiresAt, onChange)
          : unsubscribed,
      [behaviour, expiresAt],
    ),
    () => secondsLeft(expiresAt),
    () => Infinity,
  );
  const [refs] = useState(createPartRefs);
  // Before the query's own effect, which asks, or waits until one of the buttons is near.
  useEffect(() => {
    // After every commit: an app may put another element in the place of its button.
    const element = refs.current();
    return element ? download?.showAt(element) : undefined;
  });

  const client = useNearestClient(options.queryClient ?? defaults.queryClient);
  const inspectionOptions = artifactInspectionOptions(
    { token, endpoint, recheck: { ...defaults.recheck, ...options.recheck } },
    loadBehaviour,
  );
  const mayAsk =
    ['idle', 'refused', 'unsettled'].includes(record.status) &&
    left > 0 &&
    !renewing.current.isPending &&
    !renewing.current.error;
  const query = useQuery(
    { ...inspectionOptions, enabled: download !== null && mayAsk, notifyOnChangeProps: WATCHED },
    client,
  );

  const scene: Scene = {
    options,
    defaults,
    renewing,
    download,
    endpoint,
    record,
    client,
    inspectionOptions,
    query,
    mayAsk,
    left,
  };
  const behaved = behaviour?.behave(scene);
  const state = behaved?.state ?? earlyState(hasToken, query);
  const description = behaved?.description ?? describeEarly(state, options.labels, defaults.labels);
  // What could not be loaded can be asked for again, and nothing else.
  const actions = behaved?.actions ?? { ...INERT, recheck: () => void query.refetch() };
  useEffect(() => behaviour?.attend(scene, state, refs.current()));
  const whenUnmounted = options.whenUnmounted ?? defaults.whenUnmounted;
  useEffect(
    () => () => {
      if (whenUnmounted === 'cancel' && download) behaviourIfLoaded()?.abandon(download);
    },
    [download, whenUnmounted],
  );
  useStatusCallbacks(state, options);
  const isWanting = hasToken && !behaviour && query.fetchStatus === 'idle';
  useUntold(isWanting, client, hashKey(inspectionOptions.queryKey));
  return { state, description, ...actions, ...propBagsOf(state, description, actions, refs) };
}

function warnMalformed(): void {
  warnOnce(
    'a token is empty, ".", "..", not a string, or holds a lone surrogate, so no request was sent for it. Pass it exactly as issued, and null while there is none.',
  );
}

'use client';
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Endpoint } from '../protocol/artifactUrl.ts';
import type { Recheck } from '../query/artifactInspectionOptions.ts';
import type { SinkChoice } from '../saving/openSink.ts';
import type { DownloadLabels } from './labels.ts';

/** What a subtree's buttons have in common. */
export interface ArtifactDownloadDefaults {
  /**
   * Where `/{token}` hangs, or a function that gives a token's whole URL.
   * Default: `/api/open/v1/artifact-downloads`, on the page's origin.
   */
  endpoint?: Endpoint | undefined;
  /** Where bytes go. Default: `'auto'`. */
  sink?: SinkChoice | undefined;
  /** Texts that replace the English ones, all or some. */
  labels?: Partial<DownloadLabels> | undefined;
  /** BCP 47, for sizes, shares and times. Default: the document's `lang`. */
  locale?: string | undefined;
  /** When HEAD is sent again by itself. Default: on focus and on reconnect. */
  recheck?: Recheck | undefined;
  /** Default: the nearest `QueryClientProvider`'s, else one of the library's own. */
  queryClient?: QueryClient | undefined;
  /**
   * Milliseconds without a byte after which a download is given up and HEAD asked. Default: two
   * minutes; `0` or `Infinity`: never. The time a computer sleeps does not count.
   */
  stallTimeout?: number | undefined;
  /**
   * What becomes of a running download when the last button that shows it goes. Default: `'keep'`,
   * and a button mounted later finds it running.
   */
  whenUnmounted?: 'keep' | 'cancel' | undefined;
}

const DefaultsContext = createContext<ArtifactDownloadDefaults>({});

/** The nearest provider's settings. */
export function useDefaults(): ArtifactDownloadDefaults {
  return useContext(DefaultsContext);
}

/**
 * Settings for all download buttons below. Not needed for anything; the nearest one's word counts,
 * and a button's own prop before it.
 */
export function ArtifactDownloadProvider({
  children,
  ...own
}: ArtifactDownloadDefaults & { children?: ReactNode }) {
  const outer = useDefaults();
  const { endpoint, sink, labels, locale, recheck, queryClient, stallTimeout, whenUnmounted } = own;
  const defaults = useMemo(
    () => ({
      endpoint: endpoint ?? outer.endpoint,
      sink: sink ?? outer.sink,
      labels: labels ? { ...outer.labels, ...labels } : outer.labels,
      locale: locale ?? outer.locale,
      recheck: recheck ? { ...outer.recheck, ...recheck } : outer.recheck,
      queryClient: queryClient ?? outer.queryClient,
      stallTimeout: stallTimeout ?? outer.stallTimeout,
      whenUnmounted: whenUnmounted ?? outer.whenUnmounted,
    }),
    [endpoint, sink, labels, locale, recheck, queryClient, stallTimeout, whenUnmounted, outer],
  );
  return <DefaultsContext.Provider value={defaults}>{children}</DefaultsContext.Provider>;
}

import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useReducer } from 'react';
import type { ArtifactDownloadState } from '../download/downloadState.ts';
import { onRemoved } from '../query/onRemoved.ts';
import { descriptionsAreLoaded, loadDescriptions } from './describeState.ts';

/**
 * Renders anew for what no store tells: the words have come of a state that this button's own
 * inspection did not lead to (the app prefetched, or another button is gone), or the app has
 * removed the query that this button watched, and a new one has to be taken up.
 */
export function useUntold(
  status: ArtifactDownloadState['status'],
  client: QueryClient,
  hash: string,
): void {
  const [, update] = useReducer((count: number) => count + 1, 0);
  useEffect(() => onRemoved(client, hash, update), [client, hash]);
  useEffect(() => {
    if (descriptionsAreLoaded() || status === 'preparing' || status === 'checking') return;
    loadDescriptions().then(update, () => {});
  }, [status]);
}

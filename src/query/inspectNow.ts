import { hashKey, type Query, type QueryClient } from '@tanstack/react-query';
import type { Inspection } from '../protocol/Inspection.ts';
import type { ArtifactDownloadError } from '../protocol/LoadError.ts';
import type { artifactInspectionOptions } from './artifactInspectionOptions.ts';

type InspectionOptions = ReturnType<typeof artifactInspectionOptions>;

/**
 * Asks with a HEAD that is sent now: an answer still under way, or a pause before the next try,
 * belongs to an older question. Failures show in the query's state.
 */
export async function inspectNow(client: QueryClient, options: InspectionOptions): Promise<void> {
  // Takes effect at once; awaited later, or a second caller would find nothing under way.
  const canceled = client.cancelQueries({ queryKey: options.queryKey, exact: true });
  await client.fetchQuery({ ...options, staleTime: 0 }).catch(() => {});
  await canceled;
}

/** The inspection as the cache has it now, which may be newer than what was rendered last. */
export function inspectionIn(
  client: QueryClient,
  { queryKey }: InspectionOptions,
): Query<Inspection, ArtifactDownloadError> | undefined {
  // Not getQueryState: that hashes the key as the app's defaults say, and ours is pinned.
  return client.getQueryCache().get<Inspection, ArtifactDownloadError>(hashKey(queryKey));
}

import type { QueryClient } from '@tanstack/react-query';
import type { artifactInspectionOptions } from './artifactInspectionOptions.ts';

/**
 * Asks with a HEAD that is sent now: an answer still under way, or a pause before the next try,
 * belongs to an older question. Failures show in the query's state.
 */
export async function inspectNow(
  client: QueryClient,
  options: ReturnType<typeof artifactInspectionOptions>,
): Promise<void> {
  await client.cancelQueries({ queryKey: options.queryKey, exact: true });
  await client.fetchQuery({ ...options, staleTime: 0 }).catch(() => {});
}

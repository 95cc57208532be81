import { QueryClientContext, type QueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useMemo } from 'react';
import { privateQueryClient } from '../query/privateQueryClient.ts';

/** The app's client where there is one; without a provider the page's private one. */
export function useNearestClient(chosen: QueryClient | undefined): QueryClient {
  const nearest = useContext(QueryClientContext);
  const given = chosen ?? nearest;
  const client = useMemo(() => given ?? privateQueryClient(), [given]);
  useEffect(() => {
    // Focus and reconnect reach mounted clients only. A provider mounts its own; mounts are counted.
    if (client === nearest) return undefined;
    client.mount();
    return () => client.unmount();
  }, [nearest, client]);
  return client;
}

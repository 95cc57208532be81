import { QueryClientContext, type QueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useMemo } from 'react';
import { privateQueryClient } from '../query/privateQueryClient.ts';

/** The app's client where there is one; without a provider the page's private one. */
export function useNearestClient(chosen: QueryClient | undefined): QueryClient {
  const nearest = useContext(QueryClientContext);
  const given = chosen ?? nearest;
  const client = useMemo(() => given ?? privateQueryClient(), [given]);
  useEffect(() => {
    // A provider does this for its own client: focus and reconnect reach mounted ones only.
    if (given) return undefined;
    client.mount();
    return () => client.unmount();
  }, [given, client]);
  return client;
}

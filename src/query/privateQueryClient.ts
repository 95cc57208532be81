import { QueryClient } from '@tanstack/react-query';

const CLIENT = Symbol.for('react-artifact-download/query-client/1');

/** The client for apps without a provider, one a page; on a server, one a call. */
export function privateQueryClient(): QueryClient {
  if (typeof document === 'undefined') return new QueryClient();
  const page = globalThis as { [CLIENT]?: QueryClient };
  return (page[CLIENT] ??= new QueryClient());
}

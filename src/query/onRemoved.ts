import type { QueryClient } from '@tanstack/react-query';

type Listener = () => void;

const watched = new WeakMap<QueryClient, Map<string, Set<Listener>>>();

/**
 * Calls back when the app takes a query out of its cache (`clear`, `removeQueries`), of which an
 * observer hears nothing. One subscription a client, however many buttons there are.
 * @returns the function that stops it.
 */
export function onRemoved(client: QueryClient, queryHash: string, listener: Listener): () => void {
  let listeners = watched.get(client);
  if (!listeners) {
    const created = new Map<string, Set<Listener>>();
    watched.set(client, (listeners = created));
    client.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'removed') for (const tell of created.get(query.queryHash) ?? []) tell();
    });
  }
  const own = listeners.get(queryHash) ?? new Set();
  listeners.set(queryHash, own.add(listener));
  return () => {
    own.delete(listener);
    if (own.size === 0 && listeners.get(queryHash) === own) listeners.delete(queryHash);
  };
}

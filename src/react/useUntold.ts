import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useReducer } from 'react';
import { onRemoved } from '../query/onRemoved.ts';
import { loadBehaviour } from './loadBehaviour.ts';

/**
 * Renders anew for what no store tells: the behaviour has been loaded for a button whose own
 * inspection does not load it (nothing is to be asked, or the app has asked), or the app has removed
 * the query that this button watched, and a new one has to be taken up.
 */
export function useUntold(isWanting: boolean, client: QueryClient, hash: string): void {
  const [, update] = useReducer((count: number) => count + 1, 0);
  useEffect(() => onRemoved(client, hash, update), [client, hash]);
  useEffect(() => {
    if (isWanting) loadBehaviour().then(update, () => {});
  }, [isWanting]);
}

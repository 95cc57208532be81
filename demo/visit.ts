import { useEffect, useState } from 'react';
import type { ArtifactRequest, TokenStatus } from '../src/testing/index.ts';

/** What the backend issues a token for, once a visit. */
export type DemoName = 'drawing' | 'image' | 'slow' | 'large' | 'lapsing' | 'dead';

/** What the backend hands to the page. */
export interface Visit {
  readonly id: string;
  readonly tokens: Readonly<Record<DemoName, IssuedToken>>;
}

export interface IssuedToken {
  readonly token: string;
  /** Epoch milliseconds; `null` where the backend keeps it to itself. */
  readonly expiresAt: number | null;
}

/** What the server saw of one demo's token. */
export interface DemoLog {
  readonly demo: DemoName;
  readonly status: TokenStatus;
  readonly requests: readonly ArtifactRequest[];
}

// A reload must meet the same tokens. Only the visit's id is kept here: a token in storage could be
// read, and spent, by every script on the page.
const VISIT_KEY = 'react-artifact-download demo visit';

/** This tab's visit and its tokens; a new one where there is none, or where the server forgot it. */
export function returnToVisit(): Promise<Visit> {
  return enterVisit(sessionStorage.getItem(VISIT_KEY) ?? '');
}

/** A new visit, and so new tokens. */
export function startVisit(): Promise<Visit> {
  return enterVisit('');
}

async function enterVisit(id: string): Promise<Visit> {
  const response = await fetch('/backend/visits', { method: 'POST', body: id });
  if (!response.ok) throw new Error(`No tokens: the demo's backend answered ${response.status}.`);
  const visit = (await response.json()) as Visit;
  sessionStorage.setItem(VISIT_KEY, visit.id);
  return visit;
}

export interface LiveLogs {
  readonly logs: Readonly<Partial<Record<DemoName, DemoLog>>>;
  readonly connected: boolean;
}

/** What the server sees of the visit's tokens, while it happens. */
export function useLiveLogs(visitId: string | undefined, onUnknownVisit: () => void): LiveLogs {
  const [logs, setLogs] = useState<LiveLogs['logs']>({});
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    if (visitId === undefined) return undefined;
    const source = new EventSource(`/backend/visits/${visitId}/log`);
    source.addEventListener('open', () => setConnected(true));
    source.addEventListener('error', () => setConnected(false));
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const log = JSON.parse(data) as DemoLog;
      setLogs((others) => ({ ...others, [log.demo]: log }));
    });
    // The server was started anew, and knows neither the visit nor its tokens.
    source.addEventListener('unknown-visit', () => {
      source.close();
      onUnknownVisit();
    });
    return () => source.close();
  }, [visitId, onUnknownVisit]);
  return { logs, connected };
}

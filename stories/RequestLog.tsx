import { useSyncExternalStore } from 'react';
import { service } from '../.storybook/storyService.ts';
import type { ArtifactRequest } from '../src/testing/index.ts';
import './stories.css';

const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });

const subscribe = (listener: () => void) => service.subscribe(listener);

/** Lines shown: an old one makes room for a new one, so that nothing on the page ever moves. */
const SHOWN = 8;

/** What the service saw of a token, live. Never the token itself: it is a credential. */
export function RequestLog({ token }: { token: string }) {
  const requests = useSyncExternalStore(subscribe, () => service.requests(token));
  const status = useSyncExternalStore(subscribe, () => service.status(token));
  return (
    <section className="log" aria-label="Server log">
      <p className="log-head">
        Server log
        <span className="token" data-token={status}>
          token {status}
        </span>
      </p>
      <ol className="log-lines">
        {requests.slice(-SHOWN).map((request) => (
          <li key={request.id} className="log-line">
            <span className="soft">{time.format(request.at)}</span>
            <span className="method" data-method={request.method}>
              {request.method}
            </span>
            <span data-ok={request.status === 200}>{request.status || '–'}</span>
            <span className="soft">{outcomeOf(request)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function outcomeOf({ status, outcome, sentBytes }: ArtifactRequest): string {
  if (status === 0) return 'no answer';
  if (outcome === 'answered') return 'headers only';
  // Two decimals, so that a running number keeps its width.
  return `${outcome} ${(sentBytes / 1e6).toFixed(2)} MB`;
}

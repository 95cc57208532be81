import type { ArtifactRequest } from '../src/testing/index.ts';
import type { DemoLog } from './visit.ts';

/** Requests shown; a window that gets the focus adds a HEAD each time. */
const SHOWN = 4;

const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });

const OUTCOMES: Readonly<Record<ArtifactRequest['outcome'], string>> = {
  answered: 'headers',
  sending: 'sending',
  sent: 'sent',
  aborted: 'aborted',
};

/** One token's requests as the server saw them. Never the token: it is a credential. */
export function RequestLog({ title, log }: { title: string; log: DemoLog | undefined }) {
  const requests = log?.requests ?? [];
  const earlier = requests.length - SHOWN;
  return (
    <div className="log">
      <p className="log-head">
        <span>Server log{earlier > 0 && ` · ${earlier} earlier`}</span>
        {log && (
          <span className="token" data-token={log.status}>
            <span className="visually-hidden">Token: </span>
            {log.status}
          </span>
        )}
      </p>
      <table>
        <caption className="visually-hidden">Requests for “{title}”</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Method</th>
            <th scope="col">Status</th>
            <th scope="col">Outcome</th>
            <th scope="col">Sent</th>
          </tr>
        </thead>
        <tbody>
          {requests.slice(-SHOWN).map(({ id, at, method, status, sentBytes, outcome }) => (
            <tr key={id}>
              <td className="soft">{time.format(at)}</td>
              <td className="method" data-method={method}>
                {method}
              </td>
              <td className="status" data-ok={status === 200}>
                {status}
              </td>
              <td className="outcome" data-outcome={outcome}>
                {OUTCOMES[outcome]}
              </td>
              <td className="sent">{outcome !== 'answered' && bytes(sentBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Two decimals of a megabyte, so that a running number keeps its width. */
function bytes(count: number): string {
  return count < 1e6 ? `${Math.round(count / 1e3)} kB` : `${(count / 1e6).toFixed(2)} MB`;
}

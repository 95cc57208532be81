import { memo, useId } from 'react';
import { DownloadButton } from '../src/index.ts';
import { RequestLog } from './RequestLog.tsx';
import type { DemoLog, IssuedToken } from './visit.ts';

interface DemoRowProps {
  title: string;
  /** What a visitor should try, and watch. */
  lookFor: string;
  /** Missing while the backend is being asked. */
  issued: IssuedToken | undefined;
  log: DemoLog | undefined;
}

/** One button and, beside it, what the server saw. A running log redraws its own row alone. */
export const DemoRow = memo(function DemoRow({ title, lookFor, issued, log }: DemoRowProps) {
  const titleId = useId();
  return (
    <section className="row" aria-labelledby={titleId}>
      <div className="action">
        <h2 id={titleId}>{title}</h2>
        <p>{lookFor}</p>
        <DownloadButton token={issued?.token} expiresAt={issued?.expiresAt} />
      </div>
      <RequestLog title={title} log={log} />
    </section>
  );
});

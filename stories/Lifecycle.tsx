import { useEffect, useState } from 'react';
import { service } from '../.storybook/storyService.ts';
import { DownloadButton, type DownloadButtonProps } from '../src/index.ts';
import { artifactBytes, type Faults } from '../src/testing/index.ts';
import { goOffline } from './connection.ts';
import { RequestLog } from './RequestLog.tsx';
import { nowhere } from './sinks.ts';
import { plan } from './states.ts';

/** How the server, and the line to it, behave: read anew for every request. */
const LINES = {
  well: null,
  busy: { head: { status: 503, retryAfter: 20 }, get: { status: 503, retryAfter: 20 } },
  silent: { head: { network: 'silence' }, get: { network: 'silence' } },
  dead: { head: { network: 'error' }, get: { network: 'error' } },
} as const satisfies Record<string, Faults | null>;

export interface LifecycleProps extends Pick<DownloadButtonProps, 'locale' | 'whenUnmounted'> {
  /** Milliseconds before each answer. */
  latency: number;
  /** Bytes a second; also for a download that runs. */
  bytesPerSecond: number;
  /** The size of the next token’s file, in bytes. */
  size: number;
  /** What the server does with requests to come. */
  server: keyof typeof LINES;
  /** Whether the app can get a new token for a dead one. */
  renewable: boolean;
  /** Save to the real downloads folder, rather than nowhere. */
  keepFiles: boolean;
}

/** One button, its service, and everything that can happen between the two. */
export function Lifecycle({
  latency,
  bytesPerSecond,
  size,
  server,
  renewable,
  keepFiles,
  ...props
}: LifecycleProps) {
  const [{ token, cut }, setIssued] = useState(() => issue(size));
  const [isOffline, setIsOffline] = useState(false);
  const [isShown, setIsShown] = useState(true);

  const renewToken = async () => {
    const issued = issue(size);
    setIssued(issued);
    return issued.token;
  };

  useEffect(() => service.setLine(token, { latency, bytesPerSecond }));
  useEffect(() => service.setFaults(token, LINES[isOffline ? 'dead' : server]));
  useEffect(() => (isOffline ? goOffline() : undefined), [isOffline]);

  return (
    <div className="lifecycle">
      <div className="lifecycle-stage">
        {isShown && (
          <DownloadButton
            {...props}
            token={token}
            renewToken={renewable ? renewToken : undefined}
            sink={keepFiles ? 'downloads' : nowhere}
          />
        )}
      </div>
      <RequestLog token={token} />
      <div className="lifecycle-acts">
        <button type="button" onClick={() => setIssued(issue(size))}>
          Issue a new token
        </button>
        <button type="button" onClick={() => service.expire(token)}>
          Let it expire
        </button>
        <button type="button" onClick={() => service.consume(token)}>
          Spend it elsewhere
        </button>
        <button type="button" onClick={cut}>
          Cut the connection
        </button>
        <button type="button" aria-pressed={isOffline} onClick={() => setIsOffline(!isOffline)}>
          Go offline
        </button>
        <button type="button" aria-pressed={!isShown} onClick={() => setIsShown(!isShown)}>
          Take it off the page
        </button>
        <button type="button" onClick={() => dispatchEvent(new Event('visibilitychange'))}>
          Come back to the tab
        </button>
      </div>
    </div>
  );
}

/** A token, and the knife for the connection of whoever receives its file. */
function issue(size: number) {
  const running = new Set<TransformStreamDefaultController<Uint8Array>>();
  const body = () =>
    artifactBytes(size, plan.fileName).pipeThrough(
      new TransformStream({ start: (controller) => void running.add(controller) }),
    );
  const cut = () => {
    for (const controller of running) controller.error(new Error('The connection was cut.'));
    running.clear();
  };
  return { token: service.issue({ ...plan, size, body }), cut };
}

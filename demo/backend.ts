import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ArtifactService, IssueOptions } from '../src/testing/index.ts';
import type { DemoLog, DemoName, IssuedToken, Visit } from './visit.ts';

/** How often a page hears what the server saw, in milliseconds. */
const LOG_INTERVAL = 250;

interface Artifact {
  readonly issue: IssueOptions;
  readonly bytesPerSecond?: number;
  /** Tells the page when the token expires, as an app's backend may. */
  readonly tellsExpiry?: boolean;
}

const drawing: IssueOptions = {
  fileName: 'A-201 Floor plan Level 2.pdf',
  contentType: 'application/pdf',
  body: fileBytes('A-201 Floor plan Level 2.pdf'),
};

const ARTIFACTS: Readonly<Record<DemoName, Artifact>> = {
  drawing: { issue: drawing },
  image: {
    issue: {
      fileName: 'Façade ouest.png',
      contentType: 'image/png',
      body: fileBytes('Façade ouest.png'),
    },
  },
  slow: {
    issue: { fileName: 'Site survey.dwg', contentType: 'image/vnd.dwg', size: 20_000_000 },
    bytesPerSecond: 1_000_000,
  },
  large: {
    issue: { fileName: 'Point cloud Level 2.e57', contentType: 'model/e57', size: 600_000_000 },
  },
  lapsing: { issue: { ...drawing, expiresIn: 30_000 }, tellsExpiry: true },
  // Not told: the button has to find out, with HEAD.
  dead: { issue: { ...drawing, expiresIn: 0 } },
};
const DEMOS = Object.keys(ARTIFACTS) as DemoName[];

/** Stands for the app's own backend: it knows its visitors, and issues tokens to them. */
export interface Backend {
  /** Answers what lies under `/backend/` and returns `true`; leaves anything else alone. */
  answers(req: IncomingMessage, res: ServerResponse): boolean;
  /** The line that a token's artifact is sent over. */
  bytesPerSecond(token: string): number;
}

export function createBackend(service: ArtifactService): Backend {
  const visits = new Map<string, Visit>();
  const rates = new Map<string, number>();

  const issue = (demo: DemoName): IssuedToken => {
    const { issue: options, bytesPerSecond = Infinity, tellsExpiry = false } = ARTIFACTS[demo];
    const token = service.issue(options);
    rates.set(token, bytesPerSecond);
    return { token, expiresAt: tellsExpiry ? (service.artifact(token)?.expiresAt ?? null) : null };
  };

  const startVisit = (): Visit => {
    const issued = DEMOS.map((demo) => [demo, issue(demo)] as const);
    const visit: Visit = {
      id: randomUUID(),
      tokens: Object.fromEntries(issued) as Visit['tokens'],
    };
    visits.set(visit.id, visit);
    return visit;
  };

  const enterVisit = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const visit = visits.get(await text(req)) ?? startVisit();
    res.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    res.end(JSON.stringify(visit));
  };

  const logOf = (visit: Visit, demo: DemoName): DemoLog => {
    const { token } = visit.tokens[demo];
    return { demo, status: service.status(token), requests: service.requests(token) };
  };

  const streamLog = (visit: Visit | undefined, res: ServerResponse): void => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    res.write('retry: 1000\n\n');
    if (visit === undefined) {
      res.end('event: unknown-visit\ndata:\n\n');
      return;
    }
    const told = new Map<DemoName, string>();
    const tell = (): void => {
      for (const demo of DEMOS) {
        const log = JSON.stringify(logOf(visit, demo));
        if (told.get(demo) === log) continue;
        told.set(demo, log);
        res.write(`data: ${log}\n\n`);
      }
    };
    tell();
    // A tick rather than `service.subscribe`, which calls for every chunk sent, and not at all when
    // a token runs out by the clock.
    const ticks = setInterval(tell, LOG_INTERVAL);
    res.once('close', () => clearInterval(ticks));
  };

  return {
    answers(req, res) {
      const { method, url = '' } = req;
      if (!url.startsWith('/backend/')) return false;
      const [, visitId] = /^\/backend\/visits\/([\w-]+)\/log$/.exec(url) ?? [];
      if (method === 'POST' && url === '/backend/visits') {
        // Fails only when the page has left, and then nobody waits for an answer.
        enterVisit(req, res).catch(() => res.destroy());
      } else if (method === 'GET' && visitId !== undefined) {
        streamLog(visits.get(visitId), res);
      } else {
        res.writeHead(404).end();
      }
      return true;
    },
    bytesPerSecond: (token) => rates.get(token) ?? Infinity,
  };
}

function fileBytes(name: string): Uint8Array {
  return readFileSync(`${import.meta.dirname}/artifacts/${name}`);
}

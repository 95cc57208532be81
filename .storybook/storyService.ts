import { setupWorker } from 'msw/browser';
import { artifactHandlers, createArtifactService } from '../src/testing/index.ts';

/**
 * One service and one worker for all stories, also for the many on a docs page: each story issues a
 * token of its own, and tokens never disturb each other.
 */
export const service = createArtifactService();

let started: ReturnType<typeof start> | undefined;

/** Starts the worker, once, whoever asks first. */
export function startWorker() {
  return (started ??= start());
}

async function start() {
  const worker = setupWorker(...artifactHandlers(service));
  // Chromium tells a mock of a canceled body only through the worker's own copy of it.
  worker.events.on('response:mocked', ({ response }) => void response.body?.cancel());
  await worker.start({
    quiet: true,
    onUnhandledFrame: 'bypass',
    // Beside the page, wherever that is served from.
    serviceWorker: { url: `${import.meta.env.BASE_URL}mockServiceWorker.js` },
  });
  return worker;
}

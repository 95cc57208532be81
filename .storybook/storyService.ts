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

/** Beside the page, wherever that is served from. */
const WORKER_URL = `${import.meta.env.BASE_URL}mockServiceWorker.js`;
/** Milliseconds in which a new worker has claimed the page. */
const CLAIM_TIMEOUT = 2_000;

async function start() {
  await comeUnderControl();
  const worker = setupWorker(...artifactHandlers(service));
  // Chromium tells a mock of a canceled body only through the worker's own copy of it.
  worker.events.on('response:mocked', ({ response }) => void response.body?.cancel());
  await worker.start({
    quiet: true,
    onUnhandledFrame: 'bypass',
    serviceWorker: { url: WORKER_URL },
  });
  return worker;
}

/**
 * MSW unregisters its worker when a page is left. A page that is loaded just then brings it back by
 * registering it, but is not controlled by it: a new worker claims its pages, an old one does not. All
 * requests would go to the real server, and every link look dead. Loading it once more helps.
 */
async function comeUnderControl(): Promise<void> {
  const { serviceWorker } = navigator;
  await serviceWorker.register(WORKER_URL);
  await serviceWorker.ready;
  if (serviceWorker.controller) return;
  await new Promise<void>((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
    setTimeout(resolve, CLAIM_TIMEOUT);
  });
  if (serviceWorker.controller) return;
  location.reload();
  // No story is shown meanwhile.
  await new Promise<never>(() => {});
}

import type { Answer, Order } from './orders.ts';

/** Takes the place of `Worker` where a bundler's own call is made, see {@link startWorker}. */
type WorkerClass = typeof Worker;

interface TrustedTypePolicy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypePolicies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): TrustedTypePolicy;
}

/** In milliseconds. A script that can't be loaded doesn't always say so. */
const START_TIMEOUT = 5_000;

let running: StagingThread | null = null;
/** Once a page: a policy's name can be taken once. */
let policy: TrustedTypePolicy | null = null;

/** The page's one worker for files on disk. It ends with the last file that is open. */
export class StagingThread {
  readonly #worker = startWorker();
  readonly #asked: PromiseWithResolvers<Answer>[] = [];
  #files = 0;
  #hasAnswered = false;
  #failure: Error | null = null;

  /** The running one, or a new one. @throws when a page can't start any. */
  static join(): StagingThread {
    running ??= new StagingThread();
    running.#files++;
    return running;
  }

  private constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      this.#hasAnswered = true;
      this.#asked.shift()?.resolve(data);
    });
    // Not there, blocked by a Content-Security-Policy, or broken.
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#end(new Error(`The staging worker does not run: ${event.message || 'not loaded'}.`));
    });
  }

  leave(): void {
    if (--this.#files === 0) this.#end(new Error('The staging worker has ended.'));
  }

  /** Has an order carried out. @throws what kept it from that. */
  async ask(order: Order, transfer: Transferable[] = []): Promise<Answer> {
    if (this.#failure) throw this.#failure;
    const asked = promiseWithResolvers<Answer>();
    this.#asked.push(asked);
    this.#worker.postMessage(order, transfer);
    const { failure, ...answer } = await asked.promise;
    if (failure) throw new DOMException(failure.message, failure.name);
    return answer;
  }

  /**
   * The same, given up when the worker does not even start. One that has started may be busy with
   * another file for as long as its disk is slow.
   */
  async askInTime(order: Order): Promise<void> {
    const timer = setTimeout(() => {
      if (!this.#hasAnswered) this.#end(new Error('The staging worker does not start.'));
    }, START_TIMEOUT);
    try {
      await this.ask(order);
    } finally {
      clearTimeout(timer);
    }
  }

  #end(failure: Error): void {
    this.#failure ??= failure;
    this.#worker.terminate();
    if (running === this) running = null;
    for (const { reject } of this.#asked.splice(0)) reject(this.#failure);
  }
}

/**
 * Starts the worker by the one expression that bundlers know. Where a page wants script URLs to be
 * trusted, the bundler's URL has to pass a policy first, and only the class is ours to say.
 */
function startWorker(): Worker {
  const start = () =>
    new Worker(new URL('./stagingWorker.ts', import.meta.url), {
      type: 'module',
      name: 'react-artifact-download',
    });
  policy ??= createPolicy();
  if (!policy) return start();
  const trusting = policy;
  const Untrusting = globalThis.Worker;
  const Trusting: WorkerClass = class extends Untrusting {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(trusting.createScriptURL(String(url)) as string, options);
    }
  };
  // Put back before anything else of the page can run.
  globalThis.Worker = Trusting;
  try {
    return start();
  } finally {
    globalThis.Worker = Untrusting;
  }
}

/** `null` where there is no such thing, or the page's policy does not list our name. */
function createPolicy(): TrustedTypePolicy | null {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypePolicies };
  try {
    return (
      trustedTypes?.createPolicy('react-artifact-download', { createScriptURL: (url) => url }) ??
      null
    );
  } catch {
    return null;
  }
}

/** `Promise.withResolvers` is younger than the engines that this has to run in. */
interface PromiseWithResolvers<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

function promiseWithResolvers<Value>(): PromiseWithResolvers<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

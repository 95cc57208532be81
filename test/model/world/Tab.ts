import { createHash } from 'node:crypto';
import { JSDOM, type DOMWindow } from 'jsdom';
import { inspect } from 'node:util';
import vm from 'node:vm';
import type { ArtifactDownloadState } from '../../../src/index.ts';
import type { ButtonOnPage, TabProgram } from '../tab/program.tsx';
import { createBlobClass, createResponseClass, type ModelBlob } from './blobs.ts';
import type { ButtonOptions } from './config.ts';
import { Listeners } from './listeners.ts';
import type { Artifact } from './server.ts';
import { openSink } from './sinks.ts';
import type { World } from './World.ts';

interface Realm {
  readonly Promise: PromiseConstructor;
  readonly Error: ErrorConstructor;
  readonly TypeError: TypeErrorConstructor;
}

/** One button of a tab, as a user meets it. */
export interface Button {
  readonly id: number;
  readonly tab: Tab;
  readonly options: ButtonOptions;
  incarnation: number;
  artifact: Artifact | null;
  /** What may still be on the screen, while the page has not come to show the new one. */
  before: Artifact | null;
  readonly props: Omit<ButtonOnPage, 'token' | 'incarnation'>;
}

/** A browser tab: a realm of its own, with the library in it, whose surroundings are the test's. */
let opened = 0;

export class Tab {
  /** Stays the same when other tabs are closed. */
  readonly id = ++opened;
  readonly window: DOMWindow;
  readonly realm: Realm;
  readonly program: TabProgram;
  readonly listeners = new Listeners();

  world!: World;
  isOnline = true;
  isVisible = true;
  /** In this run, at some time. */
  wasHidden = false;
  isClosed = false;
  handsOver = true;
  /** In this run, at some time. */
  hasRefused = false;
  buttons: Button[] = [];
  /** What developers' tools, error trackers and the app's own callbacks get to see. */
  readonly console: string[] = [];
  readonly heard: { readonly callback: string; readonly state: ArtifactDownloadState }[] = [];
  readonly uncaught: unknown[] = [];
  readonly liveUrls = new Map<string, ModelBlob>();
  #random = 1;
  #urls = 0;
  #usualListeners = '';

  private constructor(script: vm.Script, world: World) {
    this.world = world;
    const dom = new JSDOM(
      '<!doctype html><html lang="en"><body><div id="root"></div></body></html>',
      {
        url: 'https://app.test/',
        runScripts: 'outside-only',
      },
    );
    this.window = dom.window;
    const context = dom.getInternalVMContext();
    this.realm = vm.runInContext('({ Promise, Error, TypeError })', context) as Realm;
    this.#furnish(context);
    this.listeners.watch(this.window, 'window');
    this.listeners.watch(this.window.document, 'document');
    script.runInContext(context);
    this.program = (this.window as unknown as { tabProgram: TabProgram }).tabProgram;
  }

  /** Opens a tab and lets React begin, so that the listeners it keeps are known. */
  static async open(script: vm.Script, world: World): Promise<Tab> {
    const tab = new Tab(script, world);
    tab.program.show([]);
    await world.clock.settle();
    tab.#usualListeners = tab.listeners.toString();
    return tab;
  }

  /** Makes a tab that an earlier run has left in order ready for another one. */
  begin(world: World): void {
    this.world = world;
    this.isOnline = true;
    this.isVisible = true;
    this.wasHidden = false;
    this.handsOver = true;
    this.hasRefused = false;
    this.buttons = [];
    this.console.length = 0;
    this.heard.length = 0;
    this.uncaught.length = 0;
    this.#random = 1;
    this.window.localStorage.clear();
    this.#joinOrigin();
    this.program.forget();
  }

  /** The tab is closed, or crashes: nothing in it ever runs again. */
  close(): void {
    // What a page has said before it dies is heard before its locks are free.
    this.world.deliverMessages();
    this.isClosed = true;
    this.world.clock.drop(this);
    this.world.server.drop(this);
    this.world.locks.drop(this);
    this.world.channels.drop(this);
    this.buttons = [];
    this.window.close();
  }

  /** Listeners that are there beside those that React keeps for as long as the page lives. */
  get unusualListeners(): string {
    const now = this.listeners.toString();
    return now === this.#usualListeners ? '' : now;
  }

  mount(artifact: Artifact | null, options: ButtonOptions): Button {
    const { world } = this;
    const id = world.tick();
    const { expiresIn, ...rest } = options;
    const button: Button = {
      id,
      tab: this,
      options,
      incarnation: 0,
      artifact,
      before: null,
      props: {
        id,
        ...rest,
        sink: options.sink === 'auto' ? 'auto' : openSink(options.sink, () => button, world),
        expiresAt: expiresIn === null ? null : world.clock.now + expiresIn,
        onHeard: (callback, state) => this.heard.push({ callback, state }),
      },
    };
    this.buttons.push(button);
    this.show();
    return button;
  }

  show(): void {
    this.program.show(
      this.buttons.map(({ props, artifact, incarnation }) => ({
        ...props,
        incarnation,
        token: artifact?.token ?? null,
      })),
    );
  }

  /** Runs something in the page; what it throws is the page's own, not the test's. */
  guard(run: () => void): void {
    if (this.isClosed) return;
    try {
      run();
    } catch (error) {
      this.uncaught.push(error);
    }
  }

  #later = (what: string, happen: () => void) => this.world.later(this, what, happen);

  #furnish(context: vm.Context): void {
    const { window } = this;
    const clockOf = () => this.world.clock;
    const set =
      (repeats: boolean) =>
      (run: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) =>
        clockOf().set(this, () => this.guard(() => run(...args)), delay, repeats);
    const clear = (id?: number) => clockOf().clear(id);
    const BlobClass = createBlobClass(this.#later);
    const say =
      (level: string) =>
      (...words: unknown[]) =>
        void this.console.push(`${level}: ${words.map(inWords).join(' ')}`);
    const levels = ['debug', 'log', 'info', 'warn', 'error', 'trace'];
    Object.assign(window, {
      fetch: (input: unknown, init?: RequestInit) =>
        this.world.server.send(this, String(input), init),
      setTimeout: set(false),
      clearTimeout: clear,
      setInterval: set(true),
      clearInterval: clear,
      setImmediate: set(false),
      clearImmediate: clear,
      requestAnimationFrame: (run: (now: number) => void) =>
        clockOf().set(this, () => this.guard(() => run(clockOf().now)), 16),
      cancelAnimationFrame: clear,
      console: Object.fromEntries(levels.map((level) => [level, say(level)])),
      reportError: (error: unknown) => void this.uncaught.push(error),
      Blob: BlobClass,
      Response: createResponseClass(BlobClass),
      Headers,
      ReadableStream,
      WritableStream,
      TransformStream,
      ByteLengthQueuingStrategy,
      CountQueuingStrategy,
      TextEncoder,
      TextDecoder,
      structuredClone,
      BroadcastChannel: undefined,
    });
    this.#furnishTime(context);
    this.#furnishNavigator();
    this.#furnishDownloads();
    const seen = (name: string, value: () => unknown) =>
      Object.defineProperty(window.document, name, { configurable: true, get: value });
    seen('visibilityState', () => (this.isVisible ? 'visible' : 'hidden'));
    seen('hidden', () => !this.isVisible);
  }

  #furnishTime(context: vm.Context): void {
    const now = () => this.world.clock.now;
    const random = () => {
      this.#random = (this.#random * 16_807) % 2_147_483_647;
      return this.#random / 2_147_483_647;
    };
    const install = vm.runInContext(
      `((now, random) => {
        globalThis.Date = class extends Date {
          constructor(...parts) { if (parts.length) super(...parts); else super(now()); }
          static now() { return now(); }
        };
        Math.random = random;
      })`,
      context,
    ) as (now: () => number, random: () => number) => void;
    install(now, random);
    Object.defineProperty(this.window.performance, 'now', { value: now, configurable: true });
    // Off the thread it would take a time of its own; digests are all that is asked of it.
    const subtle = {
      digest: async (algorithm: string | { name: string }, data: ArrayBuffer | ArrayBufferView) => {
        const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
        const view =
          'buffer' in data
            ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
            : new Uint8Array(data);
        const digest = createHash(name.replace('-', '').toLowerCase()).update(view).digest();
        return digest.buffer.slice(digest.byteOffset, digest.byteOffset + digest.byteLength);
      },
    };
    Object.defineProperty(this.window.crypto, 'subtle', { value: subtle, configurable: true });
  }

  #furnishNavigator(): void {
    const { navigator } = this.window;
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => this.isOnline });
  }

  /** Locks and channels are the origin's, and the origin is the run's. */
  #joinOrigin(): void {
    const { window, world } = this;
    const has = world.config.locks;
    const locks = has ? world.locks.forTab(this, this.#later) : undefined;
    Object.defineProperty(window.navigator, 'locks', { configurable: true, value: locks });
    const { EventTarget, MessageEvent } = window as unknown as typeof globalThis;
    const channel = has
      ? world.channels.forTab(this, { EventTarget, MessageEvent }, this.#later)
      : undefined;
    Object.assign(window, { BroadcastChannel: channel });
  }

  #furnishDownloads(): void {
    const { window, liveUrls } = this;
    const save = (link: HTMLAnchorElement) => {
      const blob = liveUrls.get(link.href);
      if (blob && link.hasAttribute('download')) {
        return this.world.onSaved(this, blob.bytes, link.download, blob.type);
      }
      this.world.violate(`A link was clicked that saves nothing: ${link.href}`);
    };
    window.URL.createObjectURL = (blob) => {
      if (!this.handsOver) {
        this.hasRefused = true;
        throw new this.realm.TypeError('Object URLs are forbidden here.');
      }
      const url = `blob:https://app.test/${++this.#urls}`;
      liveUrls.set(url, blob as unknown as ModelBlob);
      return url;
    };
    window.URL.revokeObjectURL = (url) => void liveUrls.delete(url);
    window.HTMLAnchorElement.prototype.click = function click() {
      save(this);
    };
  }
}

function inWords(word: unknown): string {
  return typeof word === 'string' ? word : inspect(word);
}

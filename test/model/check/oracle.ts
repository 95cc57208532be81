import { inspect } from 'node:util';
import type { Artifact, SentRequest } from '../world/server.ts';
import type { Button, Tab } from '../world/Tab.ts';
import type { Sight } from '../world/user.ts';
import type { World } from '../world/World.ts';

/** A decision of the user's, and what it may bring about: one GET, or one more saving. */
interface Activation {
  readonly at: number;
  readonly tab: Tab;
  readonly artifact: Artifact;
  readonly allows: 'get' | 'save';
  /** Nothing but the GET can come of it: the page was at rest, and no dialog stands before it. */
  readonly mustAct: boolean;
  isOpen: boolean;
}

/** Nothing more is asked for by itself in these. */
const QUIET = ['completed', 'failed', 'expired'];
const SETTLED = ['ready', 'unreachable', ...QUIET];

/**
 * Holds what happens against the promises. It knows what users see and what servers hear, and
 * nothing of how the library goes about it.
 */
export class Oracle {
  readonly #world: World;
  /** E5: the tabs send one GET together. Without locks a browser's tabs can't be kept apart. */
  readonly #shared: boolean;
  readonly #activations: Activation[] = [];
  readonly #settled = new Set<Button>();
  /** Clicks that the library has turned down because the browser said it was offline. */
  readonly #refusals: { readonly tab: Tab; readonly artifact: Artifact; readonly at: number }[] =
    [];
  /** Tabs' tokens whose buttons were all quiet before the command under way. */
  readonly #quiet = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
    this.#shared = world.config.locks;
  }

  onActivation({ tab, artifact, before, options }: Button, sight: Sight): void {
    const { config, isAtRest } = this.#world;
    // Another tab may have the token, and give it back; a button that goes may cancel.
    const mustAct =
      isAtRest &&
      config.tabs === 1 &&
      tab.buttons.every((one) => one.options.whenUnmounted === 'keep') &&
      !['slow', 'dismissed'].includes(options.sink);
    for (const one of new Set([artifact, before])) {
      if (one) this.#activate(tab, one, sight, mustAct);
    }
  }

  #activate(tab: Tab, artifact: Artifact, sight: Sight, mustAct: boolean): void {
    const at = this.#world.tick();
    if (/Save again/.test(sight.text)) {
      this.#activations.push({ at, tab, artifact, allows: 'save', mustAct, isOpen: true });
    }
    if (sight.status !== 'ready') return;
    if (!tab.isOnline && !this.#hasAnsweredSinceRefusal(tab, artifact)) {
      this.#refusals.push({ tab, artifact, at });
      return;
    }
    // The second of two clicks in a tick sees what the first one has changed already.
    const isUnderWay = this.#world.server.getsOf(artifact, tab).at(-1)?.endedAt === null;
    const isFirst = mustAct && !isUnderWay;
    this.#activations.push({ at, tab, artifact, allows: 'get', mustAct: isFirst, isOpen: true });
  }

  /** A canceled click can't bring about anything any more. */
  onCancel(button: Button): void {
    const { artifact, tab } = button;
    if (!artifact) return;
    this.#close(tab, artifact);
    for (const request of this.#world.server.getsOf(artifact, tab)) {
      if (request.stage !== 'ended') this.#violate('S9 a cancel left the network running', tab);
    }
  }

  onRequest(request: SentRequest, init: RequestInit): void {
    const { tab, method } = request;
    if (
      init.credentials !== 'omit' ||
      init.cache !== 'no-store' ||
      init.referrerPolicy !== 'no-referrer' ||
      init.redirect !== 'follow' ||
      init.keepalive ||
      init.headers
    ) {
      this.#violate(`T2 ${method} was sent with ${JSON.stringify(init)}`, tab);
    }
    if (method === 'GET') this.#onGet(request);
    else this.#onHead(request);
  }

  onSaved(tab: Tab, bytes: Uint8Array, fileName: string, type: string): void {
    const { server } = this.#world;
    const get = server.requests.findLast((one) => one.tab === tab && gave(one, bytes));
    if (fileName !== 'plan.pdf' && fileName !== 'download') {
      this.#violate(`N3 it was saved as ${JSON.stringify(fileName)}`, tab);
    }
    if (type !== 'application/octet-stream') this.#violate(`S6 it was saved as ${type}`, tab);
    if (!get) return this.#violate('S3 what was saved is no artifact', tab);
    const { artifact } = get;
    const again = this.#activations.find(
      (one) => one.isOpen && one.allows === 'save' && one.tab === tab && one.artifact === artifact,
    );
    if (get.ending === 'aborted') this.#violate('S9 it was saved after a cancel', tab);
    if (again) again.isOpen = false;
    else if (get.saved) this.#violate('S5 it was saved again without a click', tab);
    get.saved = true;
  }

  /** Before a command that is no decision of the user's. */
  beforeEvent(): void {
    this.#quiet.clear();
    for (const tab of this.#world.tabs) {
      for (const artifact of this.#world.server.artifacts) {
        const shown = tab.buttons.filter((button) => button.artifact === artifact);
        const sights = shown.map((one) => this.#world.user.see(one));
        const [first] = sights;
        // What another tab is about is not over: it is asked for when that has come to nothing.
        // A lapse ends a button, not the question what became of a GET, which others may have asked.
        const last = this.#world.server.getsOf(artifact, tab).at(-1);
        const isOpen = last?.endedAt && !last.saved;
        if (isOpen && shown.some(({ options }) => options.expiresIn !== null)) continue;
        const isOver = ({ status, reason }: Sight) =>
          QUIET.includes(status) && reason !== 'elsewhere';
        if (!first || !sights.every(isOver)) continue;
        this.#quiet.set(keyOf(tab, artifact), first.reason ?? first.status);
      }
    }
  }

  afterEvent(): void {
    this.#quiet.clear();
  }

  /** Holds at every moment. */
  examine(): void {
    for (const tab of this.#world.tabs) {
      const asking = this.#world.server.heads.filter((request) => request.tab === tab).length;
      if (asking > 6) this.#violate(`E7 ${asking} HEADs are under way`, tab);
      for (const button of tab.buttons) this.#examineButton(button);
      const [uncaught] = tab.uncaught;
      if (uncaught) this.#violate(`An error went uncaught: ${inspect(uncaught)}`, tab);
    }
  }

  /** Holds whenever the pages are at rest. */
  examineAtRest(): void {
    for (const button of this.#world.buttons) button.before = null;
    this.examine();
    for (const tab of this.#world.tabs) {
      for (const button of tab.buttons) this.#examineButtonAtRest(button);
      this.#examineGuard(tab);
    }
    this.#closeWhatCameToNothing();
  }

  /** Notes who is not in the middle of something. */
  noteSettled(): void {
    for (const button of this.#world.buttons) {
      const { status } = this.#world.user.see(button);
      const isSettled = button.artifact ? SETTLED.includes(status) : status === 'preparing';
      if (isSettled) this.#settled.add(button);
      // Where one asks every few seconds, all with it are now and then in the middle of that.
      else if (button.tab.buttons.every(({ options }) => options.every === false)) {
        this.#settled.delete(button);
      }
    }
  }

  /** Nobody is in the middle of anything. */
  get isSettled(): boolean {
    return this.#world.buttons.every((button) => this.#settled.has(button));
  }

  /** Holds when everything has been answered or given up: nobody is left with a spinner. */
  examineEnd(): void {
    for (const button of this.#world.buttons) {
      if (this.#settled.has(button)) continue;
      const { tab, artifact } = button;
      const mayDoze = artifact && tab.wasHidden && this.#hasFailedHead(tab, artifact);
      const isLapsed = button.options.expiresIn !== null;
      const kind = isLapsed ? 'lapsed, ' : mayDoze ? 'beside a retry that fell asleep, ' : '';
      const { status } = this.#world.user.see(button);
      this.#violate(`E10 ${kind}a button is ${status} for ever`, tab);
    }
  }

  #onHead({ tab, artifact }: SentRequest): void {
    const over = this.#quiet.get(keyOf(tab, artifact));
    if (!over) return;
    const kind = this.#hasFailedHead(tab, artifact) ? 'A retry of HEAD' : 'HEAD';
    this.#violate(`E6 ${kind} was sent for a download that is over: ${over}`, tab);
  }

  #onGet(request: SentRequest): void {
    const { tab, artifact } = request;
    const activation = this.#activations.find(
      (one) => one.isOpen && one.allows === 'get' && one.tab === tab && one.artifact === artifact,
    );
    if (!activation) return this.#violate('E2 a GET without an activation', tab);
    activation.isOpen = false;
    const own = this.#shared ? undefined : tab;
    const before = this.#world.server.getsOf(artifact, own).at(-2);
    if (!before) return;
    const { endedAt, ending } = before;
    if (endedAt === null) return this.#violate('E2 a second GET beside the first', tab);
    if (ending === 'dead' || before.saved) {
      return this.#violate('E2 a second GET for a token that is spent', tab);
    }
    const isAlive = this.#world.server.requests.some(
      ({ method, artifact: other, sentAt, answer, tab: asker }) =>
        method === 'HEAD' &&
        other === artifact &&
        (!own || asker === own) &&
        sentAt > endedAt &&
        answer?.status === 200 &&
        // Who clicked in another tab did not click on what had come to nothing here.
        answer.at < (before.tab === tab ? activation.at : request.sentAt),
    );
    if (!isAlive) this.#violate('E4 a second GET before HEAD had said 200', tab);
  }

  #examineButton(button: Button): void {
    const { artifact, tab } = button;
    const sight = this.#world.user.see(button);
    if (!artifact || !sight.isThere || button.before) return;
    const isSaved = this.#world.server.getsOf(artifact, tab).some((get) => get.saved);
    if (sight.status === 'completed' && !isSaved) {
      this.#violate('S3 success is shown, and nothing was saved', tab);
    }
  }

  #examineButtonAtRest(button: Button): void {
    const { artifact, tab } = button;
    const { status, reason } = this.#world.user.see(button);
    if (!artifact) return;
    const { server } = this.#world;
    const last = server.getsOf(artifact, tab).at(-1);
    const answers = server.headsOf(artifact, tab).filter((head) => head.answer);
    const isDead = server.requests.some(
      (one) => one.tab === tab && one.artifact === artifact && one.answer?.status === 410,
    );
    if (status === 'ready') {
      if (last && last.endedAt === null) this.#violate('E4 ready while a GET is under way', tab);
      const since = last?.endedAt ?? 0;
      const fitting = last ? [200] : [200, 405];
      if (
        !answers.some((head) => head.sentAt > since && fitting.includes(head.answer?.status ?? 0))
      ) {
        this.#violate('E4 ready without HEAD’s word for it', tab);
      }
    }
    if (status === 'expired' && reason === 'rejected' && !isDead) {
      this.#violate('E4 called dead without the server’s word for it', tab);
    }
    if (status === 'expired' && reason === 'canceled' && !(isDead && last?.ending === 'aborted')) {
      this.#violate('E4 called canceled and used up, which nobody knows', tab);
    }
    const any = server.getsOf(artifact, this.#shared ? undefined : tab).at(-1);
    if (status === 'failed' && !any) this.#violate('E4 called failed before any GET', tab);
  }

  #examineGuard(tab: Tab): void {
    const guards = tab.listeners.of('beforeunload');
    const gets = this.#world.server.requests.filter(
      (one) => one.tab === tab && one.method === 'GET',
    );
    const isRunning = gets.some((get) => get.endedAt === null);
    if (isRunning && guards === 0) this.#violate('S8 bytes could be lost without a question', tab);
    const mayBeHeld = gets.some((get) => isWhole(get) && !get.saved);
    if (!isRunning && !mayBeHeld && guards > 0) {
      this.#violate('S8 leaving is asked about, and nothing is at stake', tab);
    }
  }

  /** What a click did not bring about by now, it must not bring about later. */
  #closeWhatCameToNothing(): void {
    for (const one of this.#activations) {
      if (!one.isOpen) continue;
      const shown = one.tab.buttons.filter((button) => button.artifact === one.artifact);
      const isUnderWay = shown.every(
        (button) => this.#world.user.see(button).status === 'downloading',
      );
      const isReady = shown.some((button) => this.#world.user.see(button).status === 'ready');
      // Of two clicks in a row one is enough.
      const hasSent = this.#world.server
        .getsOf(one.artifact, one.tab)
        .some(({ sentAt }) => sentAt > one.at);
      if (one.allows === 'get' && one.mustAct && isReady && !hasSent) {
        this.#violate('E10 a click on a ready button came to nothing', one.tab);
      }
      if (one.allows === 'save' || (shown.length > 0 && !isUnderWay)) one.isOpen = false;
    }
  }

  #close(tab: Tab, artifact: Artifact): void {
    for (const one of this.#activations) {
      if (one.tab === tab && one.artifact === artifact) one.isOpen = false;
    }
  }

  #hasFailedHead(tab: Tab, artifact: Artifact): boolean {
    return this.#world.server
      .headsOf(artifact, tab)
      .some(({ ending, answer }) => ending !== null || [429, 503].includes(answer?.status ?? 0));
  }

  #hasAnsweredSinceRefusal(tab: Tab, artifact: Artifact): boolean {
    const refusal = this.#refusals.findLast((one) => one.tab === tab && one.artifact === artifact);
    if (!refusal) return false;
    return this.#world.server
      .headsOf(artifact, tab)
      .some(({ answer }) => answer !== null && answer.at > refusal.at);
  }

  #violate(what: string, tab: Tab): void {
    this.#world.violate(`${what} (tab ${this.#world.tabs.indexOf(tab)})`);
  }
}

/** Whether a page may take the body for the whole artifact. */
function isWhole(get: SentRequest): boolean {
  const { ending, tab } = get;
  // No client can tell a body that was cut from a whole one when no length was ever told.
  const isCutUnseen = ending === 'short' && !tab.world.server.hasToldLength(get);
  return ending === 'complete' || isCutUnseen;
}

/** Whether these are the bytes of that GET; one that was canceled gave them, but they must not be used. */
function gave(get: SentRequest, bytes: Uint8Array): boolean {
  const mayBeUsed = isWhole(get) || get.ending === 'aborted';
  return mayBeUsed && equal(get.artifact.bytes.slice(0, get.sent), bytes);
}

function keyOf(tab: Tab, artifact: Artifact): string {
  return `${tab.id} ${artifact.index}`;
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

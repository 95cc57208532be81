import type { Download } from './Download.ts';
import type { DownloadRecord } from './downloadState.ts';

/** Names the channel, and comes before the digest in the names of locks. */
export const NAME = 'react-artifact-download/1';

/**
 * What a tab says of a token. `hello`: who knows of it?; `downloading`: this tab has it and may have
 * spent it; `downloaded`: the file is there; `alive`: this tab has not spent it after all; `ended`:
 * this tab is through with it, and only the server can say more.
 */
type Word = 'hello' | 'downloading' | 'downloaded' | 'alive' | 'ended';

/** What goes through the channel. `id` is the token's digest. */
export interface Message {
  readonly id: string;
  readonly word: Word;
}

/** The right to spend a token, held against all other tabs until it is given back. */
export interface Claim {
  readonly release: () => void;
}

/** For browsers that can't keep tabs apart: granted to whoever asks. */
const UNSHARED: Claim = { release: () => {} };

let channel: BroadcastChannel | null = null;
/** The downloads that other tabs may speak of, by digest. Weak: the registry decides who lives. */
const members = new Map<string, WeakRef<Download>>();
/** All that may be shown when the page comes back, also where tabs can't be kept apart. */
const known = new Set<WeakRef<Download>>();
const joined = new WeakMap<Download, Promise<string | null>>();
/** The last claim, which may not have been given up yet. */
const claims = new WeakMap<Download, Promise<Claim | null>>();
const digests = new WeakMap<Download, string>();
const watches = new WeakMap<Download, AbortController>();
let sweepAt = 64;

/**
 * Makes a download known to the other tabs, and asks them what they know of it. They share a digest
 * of the token, which leads nobody back to it. Resolves with the digest, or with `null` where tabs
 * can't be kept apart: without Web Locks, and outside secure contexts.
 */
export function joinTabs(download: Download, token: string): Promise<string | null> {
  const earlier = joined.get(download);
  if (earlier) return earlier;
  watchReturn(download);
  const joining = canShare() ? join(download, token).catch(() => null) : Promise.resolve(null);
  joined.set(download, joining);
  return joining;
}

/**
 * Asks for the right to spend the token: at once, without a tick, where there is nobody to ask.
 * Resolves with `null` when another tab has it, and never rejects.
 */
export function claim(download: Download, token: string): Claim | Promise<Claim | null> {
  if (!canShare()) return UNSHARED;
  // A click that was canceled may still have its lock to come, which is no other tab's.
  const before = claims.get(download);
  const claiming = joinTabs(download, token).then(async (digest) => {
    await before;
    return digest === null ? UNSHARED : acquire(`${NAME}:${digest}`);
  });
  claims.set(download, claiming);
  return claiming;
}

/** Tells the other tabs how a download stands now. */
export function tellTabs(download: Download): void {
  post(download, wordOf(download));
}

/**
 * Shows that another tab has the token, and watches for the end of it: a tab that is closed, or
 * crashes, says nothing, but loses its lock.
 */
export function standBack(download: Download): void {
  const digest = digests.get(download);
  if (digest === undefined) return;
  download.set({ status: 'elsewhere', done: false });
  // Its word may have come before anybody listened here.
  post(download, 'hello');
  if (watches.has(download)) return;
  const watch = new AbortController();
  watches.set(download, watch);
  const { signal } = watch;
  navigator.locks
    .request(`${NAME}:${digest}`, { mode: 'shared', signal }, () => {
      watches.delete(download);
      if (isElsewhere(download.getSnapshot())) doubt(download, 'elsewhere');
    })
    .catch(() => watches.delete(download));
}

/** What stands for a token where other tabs, and other scripts, can look: half of a SHA-256. */
export async function digestOf(token: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${NAME} ${token}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function join(download: Download, token: string): Promise<string> {
  const digest = await digestOf(token);
  listen();
  members.set(digest, new WeakRef(download));
  digests.set(download, digest);
  post(download, 'hello');
  return digest;
}

function listen(): void {
  if (channel) return;
  channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', ({ data }) => {
    if (!isMessage(data)) return;
    const download = members.get(data.id)?.deref();
    if (download) hear(download, data.word);
  });
}

/** Out of the back/forward cache a page has slept through what was said, and through the clock. */
function watchReturn(download: Download): void {
  if (typeof document === 'undefined') return;
  if (known.size === 0) addEventListener('pageshow', ({ persisted }) => persisted && doubtAll());
  if (known.size >= sweepAt) {
    for (const one of known) if (!one.deref()) known.delete(one);
    for (const [id, member] of members) if (!member.deref()) members.delete(id);
    sweepAt = Math.max(64, known.size * 2);
  }
  known.add(new WeakRef(download));
}

function doubtAll(): void {
  for (const one of known) {
    const download = one.deref();
    if (!download || download.run) continue;
    const record = download.getSnapshot();
    if (isElsewhere(record)) doubt(download, 'elsewhere');
    else if (record.status === 'idle' && download.isSeen) doubt(download, null);
    post(download, 'hello');
  }
}

function hear(download: Download, word: Word): void {
  if (word === 'hello') {
    if (download.run) tellTabs(download);
    return;
  }
  const { run } = download;
  if (run) {
    // Who has clicked here hears of the other tab by the lock; unless that is free again by then.
    if (run.release === null && word !== 'ended') run.isTooLate = word !== 'alive';
    return;
  }
  const record = download.getSnapshot();
  switch (word) {
    case 'downloading':
      if (!isElsewhere(record)) standBack(download);
      break;
    case 'downloaded':
      watches.get(download)?.abort();
      download.set({ status: 'elsewhere', done: true });
      break;
    case 'alive':
      watches.get(download)?.abort();
      // The lock may have told of it before.
      if (isElsewhere(record) || (record.status === 'unsettled' && record.cause === 'elsewhere')) {
        doubt(download, null);
      }
      break;
    case 'ended':
      watches.get(download)?.abort();
      if (isElsewhere(record)) doubt(download, 'elsewhere');
  }
}

/** What was known has come into question: only the answer to a HEAD sent from now on counts. */
export function doubt(download: Download, cause: 'elsewhere' | null): void {
  download.epoch++;
  // There is no doubt about a dead one.
  const { isDead } = download;
  download.set(
    isDead ? { status: 'idle', notice: null } : { status: 'unsettled', cause, error: null },
  );
}

function wordOf(download: Download): Word {
  const record = download.getSnapshot();
  if (record.status === 'idle') return 'alive';
  if (record.status === 'completed') return 'downloaded';
  if (record.status === 'expired') return 'ended';
  return record.status === 'failed' && record.recovery !== 'save-again' ? 'ended' : 'downloading';
}

function isElsewhere(record: DownloadRecord): boolean {
  return record.status === 'elsewhere' && !record.done;
}

function post(download: Download, word: Word): void {
  const id = digests.get(download);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the rule is for windows; a BroadcastChannel reaches its own origin alone and takes no target.
  if (id !== undefined) channel?.postMessage({ id, word } satisfies Message);
}

/** The lock is kept until it is released, or the page is gone, whichever way. */
function acquire(name: string): Promise<Claim | null> {
  return new Promise((resolve) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(null);
        return new Promise<void>((release) => resolve({ release }));
      })
      // Refused to this page altogether, as in a frame without an origin of its own.
      .catch(() => resolve(UNSHARED));
  });
}

function canShare(): boolean {
  return (
    typeof document !== 'undefined' &&
    typeof BroadcastChannel !== 'undefined' &&
    (navigator as Partial<Navigator>).locks !== undefined &&
    (crypto as Partial<Crypto>).subtle !== undefined
  );
}

function isMessage(data: unknown): data is Message {
  return typeof data === 'object' && data !== null && 'id' in data && 'word' in data;
}

import { Download } from './Download.ts';

/**
 * A page has one registry, whatever number of copies of this library it loads: two copies must not
 * spend a token twice. It shows no token to whoever finds it on `globalThis`.
 */
const REGISTRY = Symbol.for('react-artifact-download/1');

type DownloadOf = (token: string) => Download;

/**
 * The download of a token, the same one for every caller on the page. On a server there is no page:
 * each call gets its own, and nothing is remembered.
 */
export function downloadOf(token: string): Download {
  if (typeof document === 'undefined') return new Download(randomId(), () => {});
  const page = globalThis as { [REGISTRY]?: DownloadOf };
  page[REGISTRY] ??= createRegistry();
  return page[REGISTRY](token);
}

/**
 * Entries nobody holds any more may go, with the token that is their key; the same token then gets
 * a new one. Weak references, rather than a count of buttons, because a button that React has
 * taken off the page for a moment (StrictMode, Suspense) still holds the one it had.
 */
function createRegistry(): DownloadOf {
  const entries = new Map<string, WeakRef<Download>>();
  const kept = new Set<Download>();
  let sweepAt = 64;
  const keep = (download: Download, yes: boolean) => {
    if (yes) kept.add(download);
    else kept.delete(download);
  };
  return (token) => {
    const known = entries.get(token)?.deref();
    if (known) return known;
    if (entries.size >= sweepAt) {
      for (const [key, entry] of entries) if (!entry.deref()) entries.delete(key);
      sweepAt = Math.max(64, entries.size * 2);
    }
    const download = new Download(randomId(), keep);
    entries.set(token, new WeakRef(download));
    return download;
  };
}

/** `crypto.randomUUID` is missing outside secure contexts. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-');
}

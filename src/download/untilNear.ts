import type { Download } from './Download.ts';

/** Who waits for which places. A token may be waited for more than once, by several clients. */
const waiting = new Map<Element, Set<() => void>>();
let observer: IntersectionObserver | null = null;

/**
 * Waits until one of a download's buttons, also one that is shown later, is within a screen's reach;
 * or until none is left and somebody wants to know all the same.
 * @throws the signal's reason, when it is aborted before that: nobody wants to know any more.
 */
export function untilNear(download: Download, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (typeof IntersectionObserver === 'undefined') return resolve();
    const watched = new Set<Element>();
    const stop = () => {
      for (const place of watched) unwatch(place, stop);
      download.onPlaces.delete(look);
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const look = () => {
      for (const place of download.places) {
        if (watched.has(place)) continue;
        watched.add(place);
        watch(place, stop);
      }
      // Not at once: a button that moves is taken off only to be put back.
      if (download.places.size === 0) setTimeout(() => download.places.size > 0 || stop());
    };
    download.onPlaces.add(look);
    signal.addEventListener('abort', stop);
    look();
  });
}

/** One observer for all buttons. */
function watch(place: Element, onNear: () => void): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) for (const tell of waiting.get(target) ?? []) tell();
      }
    },
    // The second is for lists that scroll by themselves; older engines look at the first alone, and
    // Chromium adds one to the other for the page itself: more than a screen in all.
    { rootMargin: '50%', scrollMargin: '50%' },
  );
  const waiters = waiting.get(place) ?? new Set();
  waiting.set(place, waiters.add(onNear));
  // Observed anew it tells where it is, also to whoever comes second.
  observer.unobserve(place);
  observer.observe(place);
}

function unwatch(place: Element, onNear: () => void): void {
  const waiters = waiting.get(place);
  waiters?.delete(onNear);
  if (waiters?.size) return;
  waiting.delete(place);
  observer?.unobserve(place);
}

import type { Download } from './Download.ts';

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | null = null;

/**
 * Waits until one of a download's buttons, also one that is shown later, is within a screen's reach.
 * @throws the signal's reason, when it is aborted before that: nobody wants to know any more.
 */
export function untilNear(download: Download, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (typeof IntersectionObserver === 'undefined') return resolve();
    const watched = new Set<Element>();
    const stop = () => {
      for (const place of watched) observer?.unobserve(place);
      download.onPlace = null;
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const watch = (place: Element) => {
      watched.add(place);
      waiting.set(place, stop);
      observe(place);
    };
    for (const place of download.places) watch(place);
    download.onPlace = watch;
    signal.addEventListener('abort', stop);
  });
}

/** One observer for all buttons. */
function observe(place: Element): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) waiting.get(target)?.();
      }
    },
    // The second is for lists that scroll by themselves; older engines look at the first alone, and
    // Chromium adds one to the other for the page itself: more than a screen in all.
    { rootMargin: '50%', scrollMargin: '50%' },
  );
  observer.observe(place);
}

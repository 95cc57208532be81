import type { Observed } from '../server/messages.ts';

const BEAT = 10;

/** Watches the main thread and the clicks on this page; the result tells what was seen so far. */
export function observe(): () => Promise<Omit<Observed, 'words'>> {
  const clicks: number[] = [];
  let longestGap = 0;
  let lastBeat = performance.now();
  addEventListener(
    'click',
    (event) => {
      // A click that a way makes by script, on a link of its own, is none of a person's.
      if (clicks.length > 0 && !(event.target as Element).closest('button')) return;
      if (clicks.length === 0) {
        longestGap = 0;
        lastBeat = event.timeStamp;
      }
      // `timeStamp` is the input's, so time spent in the page's queue counts.
      clicks.push(Date.now() - (performance.now() - event.timeStamp));
    },
    { capture: true },
  );
  setInterval(() => {
    const now = performance.now();
    longestGap = Math.max(longestGap, now - lastBeat);
    lastBeat = now;
  }, BEAT);

  const tellsLongTasks = PerformanceObserver.supportedEntryTypes.includes('longtask');
  const longTasks: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => void longTasks.push(...list.getEntries()));
  if (tellsLongTasks) observer.observe({ type: 'longtask' });

  return async () => {
    longTasks.push(...observer.takeRecords());
    const firstClick = (clicks[0] ?? Infinity) - performance.timeOrigin;
    return {
      clicks,
      longTasks: tellsLongTasks
        ? longTasks
            .filter(({ startTime, duration }) => startTime + duration > firstClick)
            .map(({ duration }) => duration)
        : null,
      longestGap,
      storedBytes: (await navigator.storage.estimate()).usage ?? 0,
    };
  };
}

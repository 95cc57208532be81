let held = 0;

function confirmLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
  // Chromium before 119 and WebKit look at returnValue alone.
  event.returnValue = true;
}

/**
 * Has the browser ask before the page is left, for as long as leaving would lose bytes. Without a
 * reason no listener is there: one would keep the page out of the back/forward cache.
 * @returns the release, to be called once.
 */
export function guardLeaving(): () => void {
  if (held++ === 0) addEventListener('beforeunload', confirmLeaving);
  return () => {
    if (--held === 0) removeEventListener('beforeunload', confirmLeaving);
  };
}

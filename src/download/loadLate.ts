type Late = typeof import('./late.ts');

let loaded: Late | null = null;

/**
 * Loads what can happen to a download. An inspection loads it while HEAD is under way, so that it is
 * there before any button is ready: no click waits for it, and no token is at risk for it.
 */
export async function loadLate(): Promise<Late> {
  return (loaded ??= await import('./late.ts'));
}

type Behaviour = typeof import('./behaviour.ts');

let loaded: Behaviour | null = null;

/**
 * Loads what a button needs once HEAD has answered: the states that follow, their words, and what
 * can be done in them. An inspection loads it while HEAD is under way, and no state but `preparing`
 * and `checking` is shown without it.
 */
export async function loadBehaviour(): Promise<void> {
  loaded ??= await import('./behaviour.ts');
}

/** What {@link loadBehaviour} has loaded; `null` before. */
export function behaviourIfLoaded(): Behaviour | null {
  return loaded;
}

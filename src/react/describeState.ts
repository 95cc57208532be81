import type { ArtifactDownloadState } from '../download/downloadState.ts';
import type { EarlyLabels, StateDescription } from './StateDescription.ts';

let loaded: typeof import('./describeFully.ts') | null = null;

/** Loads the words, and the number formats, of the states that follow an answer. */
export async function loadDescriptions(): Promise<void> {
  loaded ??= await import('./describeFully.ts');
}

/** Whether {@link loadDescriptions} has done its work. */
export function descriptionsAreLoaded(): boolean {
  return loaded !== null;
}

/**
 * @param secondsLeft until the token lapses; `Infinity`: not soon.
 * @param hasErred the inspection has failed before, which somebody may have waited for to end.
 */
export function describeState(
  state: ArtifactDownloadState,
  labels: EarlyLabels,
  locale: string | undefined,
  secondsLeft: number,
  hasErred: boolean,
): StateDescription {
  const metadata = 'metadata' in state ? state.metadata : null;
  const fileName = state.status === 'completed' ? state.fileName : (metadata?.fileName ?? null);
  const words = {
    action: null,
    fileName,
    message: '',
    actionLabel: null,
    progressText: '',
    cancelLabel: labels.cancel,
    announcement: '',
  } satisfies Omit<StateDescription, 'label'>;
  if (state.status === 'preparing' || state.status === 'checking') {
    return { ...words, label: labels[state.status] };
  }
  if (loaded) return loaded.describeFully(state, words, labels, locale, secondsLeft, hasErred);
  // Without the rest, all that can be told is that the rest is missing.
  return state.status === 'unreachable'
    ? { ...words, action: 'recheck', label: labels.checkAgain, message: labels.loadError }
    : { ...words, label: labels.checking };
}

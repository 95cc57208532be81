import type { UseQueryResult } from '@tanstack/react-query';
import type { ArtifactDownloadState } from '../download/downloadState.ts';
import type { Inspection } from '../protocol/Inspection.ts';
import type { ArtifactDownloadError } from '../protocol/LoadError.ts';
import { earlyEnglish, type DownloadLabels } from './labels.ts';
import type { StateDescription } from './StateDescription.ts';

type Labels = Partial<DownloadLabels> | undefined;

/** The state before everything is loaded. The one thing that can go wrong is that it never is. */
export function earlyState(
  hasToken: boolean,
  query: UseQueryResult<Inspection, ArtifactDownloadError> | null,
): ArtifactDownloadState {
  if (!hasToken) return { status: 'preparing', metadata: null, renewing: false };
  // A single lost packet is no news for a person.
  const error = query && query.failureCount > 1 ? query.failureReason : null;
  return error
    ? { status: 'unreachable', metadata: null, error, retryAt: null, offline: false }
    : { status: 'checking', metadata: null };
}

/** An {@link earlyState} in words. */
export function describeEarly(
  { status }: ArtifactDownloadState,
  own: Labels,
  outer: Labels,
): StateDescription {
  const text = (key: keyof typeof earlyEnglish): string =>
    [own?.[key], outer?.[key]].find((label) => typeof label === 'string') ?? earlyEnglish[key];
  const failed = status === 'unreachable';
  const message = failed ? text('loadError') : '';
  return {
    action: failed ? 'recheck' : null,
    label: text(failed ? 'checkAgain' : status === 'preparing' ? status : 'checking'),
    fileName: null,
    message,
    actionLabel: null,
    progressText: '',
    cancelLabel: text('cancel'),
    announcement: message,
  };
}

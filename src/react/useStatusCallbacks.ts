import { useEffect, useRef } from 'react';
import type { ArtifactDownloadState } from '../download/downloadState.ts';

type StateWith<Status extends ArtifactDownloadState['status']> = Extract<
  ArtifactDownloadState,
  { status: Status }
>;

/** Hears of changes. None of them ever carries the token. */
export interface StatusCallbacks {
  /** After each change of `status`; not for the first one. */
  onStatusChange?: ((state: ArtifactDownloadState) => void) | undefined;
  /** Once, when a download that this button showed has completed. */
  onCompleted?: ((state: StateWith<'completed'>) => void) | undefined;
  /** Once, when a download that this button showed has failed. */
  onFailed?: ((state: StateWith<'failed'>) => void) | undefined;
}

/** Calls back after the commit that shows the change. */
export function useStatusCallbacks(state: ArtifactDownloadState, callbacks: StatusCallbacks): void {
  const latest = useRef({ state, callbacks });
  const shown = useRef(state.status);
  useEffect(() => {
    latest.current = { state, callbacks };
  });
  useEffect(() => {
    // StrictMode runs effects twice; a status that was told already is no change.
    if (shown.current === state.status) return;
    shown.current = state.status;
    const { state: now, callbacks: to } = latest.current;
    try {
      to.onStatusChange?.(now);
      if (now.status === 'completed') to.onCompleted?.(now);
      if (now.status === 'failed') to.onFailed?.(now);
    } catch (error) {
      // The app's mistake, told as the browser tells it; thrown on, it would take the button away.
      reportError(error);
    }
  }, [state.status]);
}

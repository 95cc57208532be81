import type { ArtifactDownloadState } from '../download/downloadState.ts';

/** The state, for style sheets and tests: on the root element of a button. */
export interface StateAttributes {
  /** The state's `status`. */
  readonly 'data-status': ArtifactDownloadState['status'];
  /** The phase while `downloading`. */
  readonly 'data-phase': string | undefined;
  /** `saved` or `handed-over` when `completed`. */
  readonly 'data-delivery': string | undefined;
  /** Why it is `expired`. */
  readonly 'data-reason': string | undefined;
}

/** The attributes of a state. */
export function stateAttributes(state: ArtifactDownloadState): StateAttributes {
  return {
    'data-status': state.status,
    'data-phase': state.status === 'downloading' ? state.phase : undefined,
    'data-delivery': state.status === 'completed' ? state.delivery : undefined,
    'data-reason': state.status === 'expired' ? state.reason : undefined,
  };
}

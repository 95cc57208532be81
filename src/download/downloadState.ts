import type { ArtifactDownloadError, OfflineError } from '../protocol/errors.ts';
import type { Inspection } from '../protocol/Inspection.ts';
import type { ArtifactMetadata } from '../protocol/readMetadata.ts';
import type { Delivery } from '../saving/DownloadSink.ts';
import type { SavingConcern } from '../saving/openSink.ts';
import type { Progress } from './progress.ts';

/**
 * Why a token can't be downloaded (any more). `rejected`: the server refused it, and does not say
 * whether it is unknown, expired or spent; `lapsed`: `expiresAt` has passed; `elsewhere`: another tab
 * of this browser is downloading it now (if that fails, this one asks again); `downloaded`: another
 * tab has downloaded it; `canceled`: it was spent by a download that the user canceled; `malformed`:
 * it can't stand in a URL, so nothing was sent.
 */
export type ExpiredReason =
  'rejected' | 'lapsed' | 'downloaded' | 'elsewhere' | 'canceled' | 'malformed';

/**
 * `choosing`: the user, or the app's own sink, is asked where, no GET yet; `requesting`: the destination
 * is opened, then the GET sent; `saving`: all bytes are in.
 */
export type DownloadPhase = 'choosing' | 'requesting' | 'receiving' | 'saving';

/** What can still be done after a failure. */
export type Recovery = 'save-again' | 'renew' | 'none';

/** What became of a GET that did not get through. */
export type Interruption = 'canceled' | 'interrupted';

/**
 * What a `ready` button has to say of the last click: it was undone, or it has sent nothing yet, and
 * the next one accepts a concern. `memory-only`: the file is large, and this browser can hold it in
 * memory and nowhere else; `may-not-save`: a browser inside an app may drop downloads.
 */
export type ReadyNotice = Interruption | SavingConcern;

/** The user's download of one token as far as the page knows it: what a click has set going. */
export type DownloadRecord =
  | { readonly status: 'idle'; readonly notice: null }
  | {
      readonly status: 'idle';
      readonly notice: ReadyNotice;
      readonly error: ArtifactDownloadError | null;
    }
  /** A click that was turned down without a request. */
  | { readonly status: 'refused'; readonly error: OfflineError }
  | {
      readonly status: 'downloading';
      readonly phase: DownloadPhase;
      readonly metadata: ArtifactMetadata | null;
      readonly progress: Progress;
    }
  /** The GET ended with the token's fate unknown: only a HEAD sent after that can tell. */
  | {
      readonly status: 'unsettled';
      readonly cause: Interruption;
      readonly error: ArtifactDownloadError | null;
    }
  /** The same for a GET of another tab; `null`: for none, but what is known is too old to be true. */
  | { readonly status: 'unsettled'; readonly cause: 'elsewhere' | null; readonly error: null }
  /** Another tab of this browser has the token; `done`: and the file. */
  | { readonly status: 'elsewhere'; readonly done: boolean }
  | { readonly status: 'expired'; readonly reason: 'rejected' | 'canceled' }
  | CompletedRecord
  | {
      readonly status: 'failed';
      readonly error: ArtifactDownloadError;
      readonly recovery: 'save-again';
      /** What it becomes once the held bytes are saved. */
      readonly file: CompletedRecord;
    }
  | {
      readonly status: 'failed';
      readonly error: ArtifactDownloadError;
      readonly recovery: Exclude<Recovery, 'save-again'>;
    };

interface CompletedRecord {
  readonly status: 'completed';
  /** The name the file was saved under. */
  readonly fileName: string;
  /** Bytes saved; `null` where the browser downloads by itself and the server tells no size. */
  readonly size: number | null;
  /** `saved`: the destination was closed; `handed-over`: the browser has it and tells no more. */
  readonly delivery: Delivery;
  /** The number of bytes was compared with a length that the server gave, and agreed. */
  readonly verified: boolean;
  /** The bytes are still held: `saveAgain()` needs no request. */
  readonly held: boolean;
}

/** The state of a download button: one union, keyed by `status`. */
export type ArtifactDownloadState =
  /** The app has no token yet, or is getting a new one. */
  | {
      readonly status: 'preparing';
      /** What was last known of the file, while its token is renewed; `null` otherwise. */
      readonly metadata: ArtifactMetadata | null;
      /** `renewToken` has been called. */
      readonly renewing: boolean;
    }
  /** HEAD is under way; `metadata` is what was last known. */
  | { readonly status: 'checking'; readonly metadata: ArtifactMetadata | null }
  | {
      readonly status: 'ready';
      /** `null` when the server cannot inspect. */
      readonly metadata: ArtifactMetadata | null;
      /** What became of the download before, with HEAD's word that the token is still alive. */
      readonly notice: ReadyNotice | null;
      /** What interrupted it. */
      readonly error: ArtifactDownloadError | null;
      /** Epoch milliseconds, when the app knows. */
      readonly expiresAt: number | null;
    }
  | {
      readonly status: 'unreachable';
      readonly metadata: ArtifactMetadata | null;
      readonly error: ArtifactDownloadError;
      /** When HEAD is sent again by itself, in epoch milliseconds; `null`: only when asked. */
      readonly retryAt: number | null;
      readonly offline: boolean;
    }
  | {
      readonly status: 'expired';
      readonly metadata: ArtifactMetadata | null;
      readonly reason: ExpiredReason;
    }
  | {
      readonly status: 'downloading';
      readonly metadata: ArtifactMetadata | null;
      readonly phase: DownloadPhase;
      readonly progress: Progress;
    }
  | CompletedRecord
  | {
      readonly status: 'failed';
      readonly metadata: ArtifactMetadata | null;
      readonly error: ArtifactDownloadError;
      readonly recovery: Recovery;
    };

/** Every `status`. */
export type ArtifactDownloadStatus = ArtifactDownloadState['status'];

/** What HEAD has told so far, as the cache has it. */
export interface InspectionView {
  readonly data: Inspection | undefined;
  /** The failure of the last HEAD, also while the next one waits. */
  readonly error: ArtifactDownloadError | null;
  /** Whether the first failure is still being looked into: a single lost packet is no news for a person. */
  readonly isRetrying: boolean;
  /** Whether a HEAD is under way or waits for its turn. */
  readonly isAsking: boolean;
}

/** The parts that a state is derived from. It is never stored. */
export interface StateParts {
  readonly record: DownloadRecord;
  readonly inspection: InspectionView;
  /** What was last known of the file. */
  readonly metadata: ArtifactMetadata | null;
  readonly expiresAt: number | null;
  readonly lapsed: boolean;
}

/** The one place that says what a token's record, its inspection and the clock amount to. */
export function deriveState(parts: StateParts): ArtifactDownloadState {
  const { record, inspection, metadata, expiresAt, lapsed } = parts;
  switch (record.status) {
    case 'downloading':
      return { ...record, metadata: record.metadata ?? metadata };
    case 'completed':
      return record;
    case 'expired':
      return { ...record, metadata };
    case 'failed':
      return { status: 'failed', metadata, error: record.error, recovery: record.recovery };
    case 'elsewhere':
      return { status: 'expired', metadata, reason: record.done ? 'downloaded' : 'elsewhere' };
    case 'unsettled':
      if (!lapsed) return askedAgain(inspection, metadata);
      // Its time is up, whatever became of it: there is nothing left to ask.
      return record.error
        ? { status: 'failed', metadata, error: record.error, recovery: 'none' }
        : { status: 'expired', metadata, reason: 'lapsed' };
    case 'idle':
    case 'refused':
  }
  if (inspection.data?.status === 'dead')
    return { status: 'expired', metadata, reason: 'rejected' };
  if (lapsed) return { status: 'expired', metadata, reason: 'lapsed' };
  if (record.status === 'refused') {
    return { status: 'unreachable', metadata, error: record.error, retryAt: null, offline: true };
  }
  if (inspection.error?.name === 'EndpointError') {
    return { status: 'failed', metadata, error: inspection.error, recovery: 'none' };
  }
  if (inspection.error || !inspection.data) return askedAgain(inspection, metadata);
  return {
    status: 'ready',
    metadata,
    notice: record.notice,
    error: record.notice === null ? null : record.error,
    expiresAt,
  };
}

/**
 * Between a question and its answer. A failure is shown once it has repeated itself, and at once
 * when the server named the time of the next try or the browser knows that it is offline.
 */
function askedAgain(
  { error, isAsking, isRetrying }: InspectionView,
  metadata: ArtifactMetadata | null,
): ArtifactDownloadState {
  if (error === null) return { status: 'checking', metadata };
  const offline = error.name === 'OfflineError';
  const retryAt = 'retryAt' in error && isAsking ? (error.retryAt as number | null) : null;
  if (retryAt === null && !offline && isRetrying) return { status: 'checking', metadata };
  return { status: 'unreachable', metadata, error, retryAt, offline };
}

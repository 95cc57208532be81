import type { ArtifactDownloadState, ReadyNotice } from '../download/downloadState.ts';
import type { ArtifactMetadata } from '../protocol/readMetadata.ts';
import type { SavingConcern } from '../saving/openSink.ts';
import type { StateDescription } from './StateDescription.ts';
import { formatsFor, type Formats } from './formats.ts';
import type { DownloadLabels } from './labels.ts';
import { fill, isolate, labelsFor } from './lateLabels.ts';

/** The language of a button. */
export interface Language {
  /** The button's own texts, and a provider's. */
  readonly own: Partial<DownloadLabels> | undefined;
  readonly outer: Partial<DownloadLabels> | undefined;
  /** BCP 47. */
  readonly locale: string | undefined;
}

/** What a state does not tell, but words have to. */
export interface Circumstances {
  /** Until the token lapses; `Infinity`: not soon. */
  readonly secondsLeft: number;
  /** A token that works is worth saying: it did not a moment ago. */
  readonly isNews: boolean;
  /** The app can get a new token. */
  readonly canRenew: boolean;
}

/** From here on, in seconds, it is said aloud that a link is about to expire. */
const WARNED = 60;

/** A state in words, made together, so that none can contradict another. */
export function describeState(
  state: ArtifactDownloadState,
  { own, outer, locale }: Language,
  { secondsLeft, isNews, canRenew }: Circumstances,
): StateDescription {
  const labels = labelsFor(outer, own);
  const formats = formatsFor(locale);
  const metadata = 'metadata' in state ? state.metadata : null;
  const fileName = state.status === 'completed' ? state.fileName : (metadata?.fileName ?? null);
  const named = { fileName: isolate(fileName ?? '') };
  const words = {
    action: null,
    fileName,
    message: '',
    actionLabel: null,
    progressText: '',
    cancelLabel: fileName === null ? labels.cancel : fill(labels.cancelFile, named),
    announcement: '',
  } satisfies Omit<StateDescription, 'label'>;
  const renewable = { action: 'renew', actionLabel: labels.renew } as const;

  switch (state.status) {
    case 'preparing':
      return state.renewing
        ? { ...words, label: labels.renewing, announcement: labels.renewing }
        : { ...words, label: labels.preparing };
    case 'checking':
      return { ...words, label: labels.checking };
    case 'ready': {
      const notice = noticeOf(state, labels);
      const expiry =
        state.expiresAt !== null &&
        (secondsLeft === Infinity
          ? fill(labels.expiresAt, { time: formats.time(state.expiresAt) })
          : fill(labels.expiresIn, { left: formats.duration(secondsLeft) }));
      const details = state.metadata
        ? detailsOf(state.metadata, formats)
        : [notice ? '' : labels.detailsUnknown];
      return {
        ...words,
        action: 'download',
        label: isConcern(state.notice) ? labels.downloadAnyway : labels.download,
        message: sentences([notice, joined([...details, expiry])]),
        announcement:
          secondsLeft <= WARNED
            ? fill(labels.announceExpiring, named)
            : (notice ?? (isNews ? fill(labels.announceReady, named) : '')),
      };
    }
    case 'unreachable': {
      const message = errorText(state.error, labels);
      const retry =
        state.retryAt !== null && fill(labels.retryAt, { time: formats.time(state.retryAt) });
      return {
        ...words,
        action: 'recheck',
        label: labels.checkAgain,
        message: sentences([message, retry]),
        announcement: message,
      };
    }
    case 'expired': {
      const { reason } = state;
      const kind = reason === 'rejected' ? 'dead' : reason;
      const label = labels[kind];
      const why = kind === 'lapsed' ? null : labels[`${kind}Message`];
      const isInUse = reason === 'elsewhere' || reason === 'downloaded';
      const message = sentences([why, !canRenew && !isInUse && labels.askForNew]);
      return {
        ...words,
        ...(canRenew && renewable),
        label,
        message,
        announcement: sentences([`${label}.`, message]),
      };
    }
    case 'downloading': {
      const {
        fraction,
        receivedBytes,
        totalBytes,
        bytesPerSecond,
        secondsLeft: left,
      } = state.progress;
      const received = formats.size(receivedBytes);
      const bytes =
        totalBytes === null
          ? fill(labels.received, { received })
          : fill(labels.receivedOf, { received, total: formats.size(totalBytes) });
      const isReceiving = state.phase === 'receiving';
      return {
        ...words,
        label: labels[state.phase],
        progressText: isReceiving
          ? unbroken([
              fraction !== null && formats.percent(fraction),
              bytes,
              // The time left says what the speed means, where it is known.
              left !== null && fill(labels.timeLeft, { left: formats.duration(left) }),
              left === null && bytesPerSecond !== null && formats.speed(bytesPerSecond),
            ])
          : '',
        announcement: announceProgress(fraction, named.fileName, labels, formats),
      };
    }
    case 'completed': {
      const where = state.delivery === 'saved' ? labels.saved : labels.handedOver;
      return {
        ...words,
        action: state.held ? 'save-again' : null,
        label: where,
        message: state.size === null ? '' : formats.size(state.size),
        actionLabel: state.held ? labels.saveAgain : null,
        announcement: `${where}: ${named.fileName}`,
      };
    }
    case 'failed': {
      const { error, recovery } = state;
      const canSave = recovery === 'save-again';
      const isSetUp = error.name !== 'EndpointError';
      const message = sentences([
        errorText(error, labels),
        recovery === 'none' && isSetUp && labels.askForNew,
      ]);
      return {
        ...words,
        ...(recovery === 'renew' && renewable),
        ...(canSave && { action: 'save-again' }),
        label: canSave ? labels.saveAgain : labels.failed,
        message,
        announcement: `${labels.failed}. ${message}`,
      };
    }
  }
}

function noticeOf(
  { notice, error }: Extract<ArtifactDownloadState, { status: 'ready' }>,
  labels: DownloadLabels,
) {
  if (notice === null) return null;
  switch (notice) {
    case 'canceled':
      return labels.noticeCanceled;
    case 'memory-only':
      return labels.concernMemory;
    case 'may-not-save':
      return labels.concernDropped;
    case 'interrupted':
      return error?.name === 'SaveError'
        ? `${errorText(error, labels)} ${labels.noticeAlive}`
        : labels.noticeInterrupted;
  }
}

function isConcern(notice: ReadyNotice | null): notice is SavingConcern {
  return notice === 'memory-only' || notice === 'may-not-save';
}

/** Type and size, as far as they are known. */
function detailsOf({ fileName, contentType, size }: ArtifactMetadata, formats: Formats): string[] {
  const extension = /\.(\w{1,5})$/.exec(fileName)?.[1];
  const subtype = /^\w+\/(?:x-|vnd\.)?([\w-]{1,12})$/.exec(contentType ?? '')?.[1];
  const type = extension ?? (subtype === 'octet-stream' ? undefined : subtype);
  return [type?.toUpperCase() ?? '', size === null ? '' : formats.size(size)];
}

/** Announced at the start and at three quarters: the text changes only there. The end has its own. */
function announceProgress(
  fraction: number | null,
  fileName: string,
  labels: DownloadLabels,
  formats: Formats,
): string {
  const quarters = Math.min(Math.floor((fraction ?? 0) * 4), 3) / 4;
  return quarters > 0
    ? fill(labels.announceProgress, { percent: formats.percent(quarters), fileName })
    : fill(labels.announceStarted, { fileName });
}

/** Words for a person; the error's own message is for the developer. */
function errorText(error: Error, labels: DownloadLabels): string {
  const { name } = error;
  // "Not now" would be wrong of a server that does not do GET at all.
  if ('status' in error && (error.status === 405 || error.status === 501))
    return labels.protocolError;
  const cause = error.cause as Partial<Error> | undefined;
  if (name === 'SaveError' && cause?.name === 'QuotaExceededError') return labels.noRoomError;
  // A frame's sandbox, a dialog outside a click: nothing that trying again would change.
  if (name === 'SaveError' && cause?.name === 'SecurityError') return labels.blockedError;
  const key = (name.charAt(0).toLowerCase() + name.slice(1)) as keyof DownloadLabels;
  return labels[key] ?? labels.failed;
}

type Parts = readonly (string | false | null)[];

/** Parts that stay whole where a line breaks, each with the dot behind it. */
function unbroken(parts: Parts): string {
  const whole = parts.map((part) => part && part.replaceAll(' ', '\u00a0'));
  return joined(whole).replaceAll(' ·', '\u00a0·');
}

function joined(parts: Parts): string {
  return parts.filter(Boolean).join(' · ');
}

function sentences(parts: Parts): string {
  return parts.filter(Boolean).join(' ');
}

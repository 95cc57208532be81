import type { ArtifactDownloadState } from '../download/downloadState.ts';
import type { ArtifactMetadata } from '../protocol/readMetadata.ts';
import type { EarlyLabels, StateDescription } from './StateDescription.ts';
import { formatsFor, type Formats } from './formats.ts';
import type { DownloadLabels } from './labels.ts';
import { englishLabels, fill, isolate } from './lateLabels.ts';

/** The states that follow an answer or a click. */
export type LateState = Exclude<ArtifactDownloadState, { status: 'preparing' | 'checking' }>;

/** The words of every later state. See `describeState`, which this is a part of. */
export function describeFully(
  state: LateState,
  common: Omit<StateDescription, 'label'>,
  early: EarlyLabels,
  locale: string | undefined,
  secondsLeft: number,
  hasErred: boolean,
): StateDescription {
  const labels: DownloadLabels = { ...englishLabels, ...early };
  const formats = formatsFor(locale);
  const { fileName } = common;
  const named = { fileName: isolate(fileName ?? '') };
  const words = {
    ...common,
    cancelLabel: fileName === null ? labels.cancel : fill(labels.cancelFile, named),
  };

  switch (state.status) {
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
        label: labels.download,
        message: sentences([notice, joined([...details, expiry])]),
        announcement: notice ?? (hasErred ? fill(labels.announceReady, named) : ''),
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
      const isKnown = reason === 'lapsed' || reason === 'malformed' || reason === 'canceled';
      const kind = isKnown ? reason : 'dead';
      const label = labels[kind];
      const why = kind === 'lapsed' ? null : labels[`${kind}Message`];
      const message = sentences([why, labels.askForNew]);
      return { ...words, label, message, announcement: `${label}. ${message}` };
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
        message: formats.size(state.size),
        actionLabel: state.held ? labels.saveAgain : null,
        announcement: `${where}: ${named.fileName}`,
      };
    }
    case 'failed': {
      const canSave = state.recovery === 'save-again';
      const isSetUp = state.error.name !== 'EndpointError';
      const message = sentences([
        errorText(state.error, labels),
        !canSave && isSetUp && labels.askForNew,
      ]);
      return {
        ...words,
        action: canSave ? 'save-again' : null,
        label: canSave ? labels.saveAgain : labels.failed,
        message,
        announcement: `${labels.failed}. ${message}`,
      };
    }
  }
}

function noticeOf(
  { notice, error }: Extract<LateState, { status: 'ready' }>,
  labels: DownloadLabels,
) {
  if (notice === null) return null;
  if (notice === 'canceled') return labels.noticeCanceled;
  return error?.name === 'SaveError' ? labels.noticeUnsaved : labels.noticeInterrupted;
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

import { earlyEnglish, type DownloadLabels } from './labels.ts';

/** English, the default, whole. */
export const englishLabels: DownloadLabels = {
  ...earlyEnglish,
  requesting: 'Starting download…',
  failed: 'Download failed',
  dead: 'Link no longer works',
  deadMessage: 'Expired or already used.',
  lapsed: 'Link expired',
  malformed: 'Link not valid',
  malformedMessage: 'Incomplete or damaged.',
  canceled: 'Download canceled',
  canceledMessage: 'The link is used up.',
  offlineError: 'You are offline.',
  networkError: 'The server can’t be reached.',
  httpError: 'The server can’t answer now.',
  protocolError: 'The server gave an unexpected answer.',
  endpointError: 'This download is not set up correctly.',
  stalledError: 'The server stopped answering.',
  outcomeUnknownError: 'Whether the link still works is not known.',
  elsewhere: 'Downloading in another tab',
  elsewhereMessage: 'A link can be used once.',
  downloaded: 'Downloaded in another tab',
  downloadedMessage: 'The link is used up.',
  askForNew: 'Ask for a new link.',
  renew: 'Get a new link',
  renewing: 'Getting a new link…',
  renewalError: 'No new link could be had.',
  retryAt: 'Trying again at {time}.',

  download: 'Download',
  downloadAnyway: 'Download anyway',
  saveAgain: 'Save again',
  cancelFile: 'Cancel download of {fileName}',
  choosing: 'Choose where to save…',
  receiving: 'Downloading…',
  saving: 'Saving…',

  detailsUnknown: 'File details are not available',
  expiresAt: 'Link works until {time}',
  expiresIn: 'Link expires in {left}',
  noticeCanceled: 'Canceled. The link still works.',
  noticeAlive: 'The link still works.',
  concernMemory: 'This browser can only keep the file in memory, and may run out of it.',
  concernDropped: 'Apps often block downloads. Open this page in your browser.',
  noticeInterrupted: 'Interrupted. The link still works.',
  saved: 'Saved',
  handedOver: 'Sent to your browser’s downloads',
  receivedOf: '{received} of {total}',
  received: '{received} received',
  timeLeft: '{left} left',

  interruptedError: 'The connection was lost.',
  incompleteError: 'Only a part of the file came.',
  saveError: 'The file could not be saved.',
  noRoomError: 'Not enough space for the file.',
  blockedError: 'Downloads are blocked here.',

  announceExpiring: 'The link to {fileName} expires in less than a minute.',
  announceReady: '{fileName} is ready to download.',
  announceStarted: 'Downloading {fileName}.',
  announceProgress: '{percent} of {fileName} downloaded.',
};

/** The app's texts, a provider's and a button's own, over the English ones. */
export function labelsFor(
  outer: Partial<DownloadLabels> | undefined,
  own: Partial<DownloadLabels> | undefined,
): DownloadLabels {
  if (!outer && !own) return englishLabels;
  // Catalogues have gaps, which types may not show; a gap leaves the English words.
  const given = [...Object.entries(outer ?? {}), ...Object.entries(own ?? {})];
  return {
    ...englishLabels,
    ...Object.fromEntries(given.filter(([, text]) => typeof text === 'string')),
  };
}

/** Fills a label. A placeholder without a value stays as it is, so that a wrong label can be seen. */
export function fill(label: string, values: Readonly<Record<string, string>>): string {
  return label.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** A name inside a sentence: isolated, so that it can't turn the sentence's direction. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

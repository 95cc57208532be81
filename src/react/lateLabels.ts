import { earlyEnglish, type DownloadLabels } from './labels.ts';

/** English, the default, whole. */
export const englishLabels: DownloadLabels = {
  ...earlyEnglish,
  requesting: 'Starting download…',
  failed: 'Download failed',
  dead: 'Link no longer works',
  deadMessage: 'It has expired or was already used. Ask for a new one.',
  lapsed: 'Link expired',
  lapsedMessage: 'Ask for a new one.',
  malformed: 'Link not valid',
  malformedMessage: 'It is incomplete or damaged. Ask for a new one.',
  canceled: 'Download canceled',
  canceledMessage: 'The link was used up and works only once. Ask for a new one.',
  offlineError: 'You are offline.',
  networkError: 'The server can’t be reached.',
  httpError: 'The server is busy or out of order.',
  protocolError: 'The server gave an unexpected answer.',
  endpointError: 'This download is not set up correctly.',
  stalledError: 'The server stopped answering.',
  outcomeUnknownError: 'Whether the link still works is not known. Ask for a new one.',
  retryAt: 'Trying again at {time}',

  download: 'Download',
  saveAgain: 'Save again',
  cancelFile: 'Cancel download of {fileName}',
  choosing: 'Choose where to save…',
  receiving: 'Downloading…',
  saving: 'Saving…',
  completed: 'Downloaded',

  detailsUnknown: 'File details are not available',
  expiresAt: 'Link works until {time}',
  expiresIn: 'Link expires in {left}',
  noticeCanceled: 'Canceled. The link still works.',
  noticeInterrupted: 'The download broke off. The link still works.',
  saved: 'Saved',
  handedOver: 'Sent to your browser’s downloads',
  receivedOf: '{received} of {total}',
  received: '{received} received',

  interruptedError: 'The connection was lost and the link is used up. Ask for a new one.',
  incompleteError: 'Only a part of the file came, so it was not saved. Ask for a new link.',
  saveError: 'The file could not be saved.',

  announceReady: '{fileName} is ready to download.',
  announceStarted: 'Downloading {fileName}.',
  announceProgress: '{percent} of {fileName} downloaded.',
};

/** Fills a label. A placeholder without a value stays as it is, so that a wrong label can be seen. */
export function fill(label: string, values: Readonly<Record<string, string>>): string {
  return label.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** A name inside a sentence: isolated, so that it can't turn the sentence's direction. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

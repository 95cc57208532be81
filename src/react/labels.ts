/**
 * Every text that a button shows or announces. `{…}` marks what is filled in: `fileName`, `percent`,
 * `received`, `total`, `left`, `time`, all formatted for the locale already. One that is missing, or
 * no text, leaves the English words.
 */
export interface DownloadLabels {
  readonly preparing: string;
  readonly checking: string;
  readonly download: string;
  /** The same, after a concern has been shown. */
  readonly downloadAnyway: string;
  readonly checkAgain: string;
  readonly saveAgain: string;
  readonly cancel: string;
  /** The accessible name of the cancel button. */
  readonly cancelFile: string;
  readonly choosing: string;
  readonly requesting: string;
  readonly receiving: string;
  readonly saving: string;
  readonly failed: string;
  /** The link is dead, and the server does not say why. */
  readonly dead: string;
  readonly lapsed: string;
  readonly malformed: string;
  readonly canceled: string;
  /** Another tab of this browser is downloading the file. */
  readonly elsewhere: string;
  /** Another tab of this browser has downloaded it. */
  readonly downloaded: string;
  /** What the button does when it gets a new token from the app. */
  readonly renew: string;
  readonly renewing: string;

  readonly detailsUnknown: string;
  readonly expiresAt: string;
  readonly expiresIn: string;
  readonly noticeCanceled: string;
  readonly noticeInterrupted: string;
  /** Behind the reason for which nothing was saved. */
  readonly noticeAlive: string;
  /** The file is large, and can only be held in memory. */
  readonly concernMemory: string;
  /** A browser inside an app may drop downloads. */
  readonly concernDropped: string;
  readonly deadMessage: string;
  readonly malformedMessage: string;
  readonly canceledMessage: string;
  readonly elsewhereMessage: string;
  readonly downloadedMessage: string;
  readonly saved: string;
  readonly handedOver: string;
  /** Bytes of a known size. */
  readonly receivedOf: string;
  /** Bytes of an unknown size. */
  readonly received: string;
  /** What is left to do when a link is dead. */
  readonly askForNew: string;
  readonly timeLeft: string;
  readonly retryAt: string;

  readonly offlineError: string;
  readonly networkError: string;
  readonly httpError: string;
  readonly protocolError: string;
  readonly endpointError: string;
  readonly loadError: string;
  readonly interruptedError: string;
  readonly incompleteError: string;
  readonly stalledError: string;
  readonly saveError: string;
  /** The disk, or what the browser may use of it, is full. */
  readonly noRoomError: string;
  /** The browser, or a frame around the page, does not let it save files. */
  readonly blockedError: string;
  readonly outcomeUnknownError: string;
  readonly renewalError: string;

  readonly announceExpiring: string;
  readonly announceReady: string;
  readonly announceStarted: string;
  readonly announceProgress: string;
}

/** English, the default: the few words that are needed before everything is loaded. */
export const earlyEnglish = {
  preparing: 'Preparing download…',
  checking: 'Checking link…',
  checkAgain: 'Check again',
  cancel: 'Cancel',
  loadError: 'Not loaded. Check your connection, or reload the page.',
} satisfies Partial<DownloadLabels>;

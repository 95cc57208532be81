import type { DownloadLabels, earlyEnglish } from './labels.ts';

/** What a click on the button does; `null`: nothing. */
export type ButtonAction = 'download' | 'recheck' | 'save-again' | null;

/** A state in words: every text that shows it, made together, so that none can contradict another. */
export interface StateDescription {
  readonly action: ButtonAction;
  /** The button's first line. */
  readonly label: string;
  readonly fileName: string | null;
  /** What is to be said beyond label and name. */
  readonly message: string;
  /** What a click does, where the label tells something else; `null` otherwise. */
  readonly actionLabel: string | null;
  /** Changes many times a second, so it is kept out of the accessible name. */
  readonly progressText: string;
  /** The accessible name of a cancel button. */
  readonly cancelLabel: string;
  /** For the live region. Empty: nothing that a screen reader has to interrupt for. */
  readonly announcement: string;
}

/** The labels there are before everything is loaded: English for the first states, and the app's. */
export type EarlyLabels = Pick<DownloadLabels, keyof typeof earlyEnglish> & Partial<DownloadLabels>;

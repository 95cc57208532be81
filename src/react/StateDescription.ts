/** What a click on the button does; `null`: nothing. */
export type ButtonAction = 'download' | 'recheck' | 'save-again' | 'renew' | null;

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

import type { KeyboardEvent, MouseEvent, RefCallback } from 'react';
import type { ArtifactDownloadState } from '../download/downloadState.ts';
import type { StateDescription } from './StateDescription.ts';

/** Props to spread on an app's own elements; with them they behave, and sound, like the button. */
export interface PropBags {
  /** For one native `<button>`, the same through all states. */
  readonly buttonProps: {
    readonly ref: RefCallback<HTMLButtonElement>;
    readonly type: 'button';
    /** Not `disabled`: that would throw the focus to the page. */
    readonly 'aria-disabled': true | undefined;
    readonly onClick: (event: MouseEvent) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
  /** For a second `<button>`, shown while `state.status` is `downloading`. */
  readonly cancelProps: {
    readonly ref: RefCallback<HTMLButtonElement>;
    readonly type: 'button';
    readonly 'aria-label': string;
    readonly onClick: (event: MouseEvent) => void;
  };
  /** For an element beside the button, shown while `state.status` is `downloading`. */
  readonly progressProps: {
    readonly role: 'progressbar';
    readonly 'aria-label': string;
    readonly 'aria-valuemin': 0;
    readonly 'aria-valuemax': 100;
    /** Whole per cent, rounded down; absent when the size is unknown. */
    readonly 'aria-valuenow': number | undefined;
    readonly 'aria-valuetext': string | undefined;
  };
  /** For an element that is always there, so that a screen reader knows it before it speaks. */
  readonly statusProps: { readonly role: 'status'; readonly children: string };
}

/** What a user can have done. */
export interface Actions {
  /**
   * Sends the GET that spends the token. Call it from a user's click and from nowhere else. Does
   * nothing unless the state is `ready`, and nothing the second time.
   */
  readonly download: () => void;
  /** Cancels the running download, then asks HEAD whether the token has survived it. */
  readonly cancel: () => void;
  /** Sends HEAD now. Does nothing while downloading. */
  readonly recheck: () => void;
  /** Saves bytes that are still held once more, without a request. */
  readonly saveAgain: () => void;
  /** Gets a new token by `renewToken`, where the old one is dead and the app has given it. */
  readonly renew: () => void;
}

/** The elements of one button. */
export type PartRefs = ReturnType<typeof createPartRefs>;

/** The {@link PropBags} of a state. */
export function propBagsOf(
  state: ArtifactDownloadState,
  description: StateDescription,
  actions: Actions,
  refs: PartRefs,
): PropBags {
  const { action, fileName, label, progressText, cancelLabel, announcement } = description;
  const fraction = state.status === 'downloading' ? state.progress.fraction : null;
  return {
    buttonProps: {
      ref: refs.button,
      type: 'button',
      'aria-disabled': action === null ? true : undefined,
      onClick: (event) => {
        // The second click of a double click was meant for what the first one found.
        if (event.detail > 1) return;
        if (action === 'download') actions.download();
        if (action === 'recheck') actions.recheck();
        if (action === 'save-again') actions.saveAgain();
        if (action === 'renew') actions.renew();
      },
      onKeyDown: (event) => {
        // A held Enter clicks over and over; none but the first is a decision.
        if (event.repeat && event.key === 'Enter') event.preventDefault();
      },
    },
    cancelProps: {
      ref: refs.cancel,
      type: 'button',
      'aria-label': cancelLabel,
      onClick: (event) => {
        // Nor may that second click undo what the first one began, where Cancel has come under it.
        if (event.detail <= 1) actions.cancel();
      },
    },
    progressProps: {
      role: 'progressbar',
      'aria-label': fileName ?? label,
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      'aria-valuenow': fraction === null ? undefined : Math.floor(fraction * 100),
      'aria-valuetext': progressText || undefined,
    },
    statusProps: { role: 'status', children: announcement },
  };
}

/** Hands the focus from a cancel button that goes to the button that stays. */
export function createPartRefs() {
  let button: HTMLButtonElement | null = null;
  let cancel: HTMLButtonElement | null = null;
  return {
    button: (element: HTMLButtonElement | null) => void (button = element),
    current: () => button,
    // React lets go of a ref before it takes the element off, while that still has the focus.
    cancel: (element: HTMLButtonElement | null) => {
      if (element === null && cancel !== null && cancel === cancel.ownerDocument.activeElement) {
        button?.focus();
      }
      cancel = element;
    },
  };
}

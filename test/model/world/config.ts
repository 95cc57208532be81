/** How a token stands when the page opens. */
export type TokenState = 'fresh' | 'consumed' | 'expired';

/** Which answers tell the artifact's length. `encoded`: both do, but count encoded bytes. */
export type Lengths = 'both' | 'head' | 'get' | 'none' | 'encoded';

/**
 * Where a button saves: the library's own choice, or an app's sink that opens at once, later, never
 * (it rejects), calls back into the page while it opens, or fails when it is closed.
 */
export type SinkKind = 'auto' | 'prompt' | 'slow' | 'dismissed' | 'reentrant' | 'unclosable';

/** What the app passes to a button, but for the token. */
export interface ButtonOptions {
  readonly strict: boolean;
  readonly ownClient: boolean;
  readonly sink: SinkKind;
  /** Milliseconds from mounting; `null`: unknown. */
  readonly expiresIn: number | null;
  readonly every: number | false;
  readonly whenUnmounted: 'keep' | 'cancel';
}

/** What a run begins with. */
export interface RunConfig {
  readonly tabs: number;
  readonly tokens: readonly { readonly state: TokenState; readonly lengths: Lengths }[];
  /** The button that each tab opens with, for the first token. */
  readonly button: ButtonOptions;
  /** So many steps of an undisturbed download come first, in the first tab. */
  readonly opening: number;
  /** The page asks again just before the click, and the answer is still on its way. */
  readonly asks: boolean;
  /**
   * When disks, locks and channels do their work: `prompt`, by themselves; `scheduled`, one after
   * another and only when a command says so.
   */
  readonly outside: 'prompt' | 'scheduled';
  /** Whether the browser has Web Locks and BroadcastChannel. */
  readonly locks: boolean;
}

export const PLAIN_BUTTON: ButtonOptions = {
  strict: false,
  ownClient: true,
  sink: 'auto',
  expiresIn: null,
  every: false,
  whenUnmounted: 'keep',
};

export const PLAIN_RUN: RunConfig = {
  tabs: 1,
  tokens: [
    { state: 'fresh', lengths: 'both' },
    { state: 'fresh', lengths: 'both' },
  ],
  button: PLAIN_BUTTON,
  opening: 0,
  asks: false,
  outside: 'prompt',
  locks: true,
};

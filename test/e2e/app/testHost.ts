import type { DownloadButtonProps } from '../../../src/index.ts';

/** A button's props, as far as they can be sent from a test into a page. */
export type ButtonSetup = Pick<
  DownloadButtonProps,
  'token' | 'fileName' | 'stallTimeout' | 'whenUnmounted' | 'recheck'
> & {
  endpoint?: string;
  /** Epoch milliseconds. */
  expiresAt?: number;
  /** What `renewToken` resolves with, after so many milliseconds. */
  renewed?: { token: string; after?: number };
  /** `clicking`: the app's own, which clicks the button once more while it opens. */
  sink?: 'auto' | 'browser' | 'picker' | 'clicking';
};

/** What the page shows. */
export interface MountSetup {
  buttons: ButtonSetup[];
  /** Under `<StrictMode>`, which does something in the development build only. */
  strict?: boolean;
  /** `hostile`: below a provider whose defaults would spend tokens. Default: no provider at all. */
  client?: 'none' | 'hostile';
}

/** How a test speaks to the page. */
export interface TestHost {
  /** Which React was built in: StrictMode is idle in production. */
  readonly isProduction: boolean;
  mount(setup: MountSetup): void;
  unmount(): void;
  /** All that `onStatusChange`, `onCompleted` and `onFailed` were called with, as JSON. */
  callbacks(): string;
  /** What the host app's own query client would persist, as JSON. */
  dehydrated(): string;
  /** What a copy of the page's memory would show: all strings reachable from global symbols. */
  globalStrings(): string[];
  /** All that went through BroadcastChannels from here, with their names, as JSON. */
  broadcasts(): string;
}

declare global {
  interface Window {
    testHost: TestHost;
  }
}

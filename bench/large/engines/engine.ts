/** Where a browser starts, with what is nobody else's. */
export interface BrowserSetup {
  readonly url: string;
  /** An empty folder for its profile. */
  readonly profile: string;
  /** An empty folder to save into, without asking. */
  readonly downloads: string;
  /** Has the page click by script, for browsers that are not under automation. */
  readonly clickByScript: (selector: string) => void;
}

/** A browser that was started for one page. */
export interface RunningBrowser {
  /** The root of its process tree. */
  readonly pid: number;
  click(selector: string): Promise<void>;
  close(): Promise<void>;
}

/** A family of browsers. */
export interface Engine {
  readonly name: 'chromium' | 'firefox';
  /** Name and version, or `null` when none is installed. */
  version(): Promise<string | null>;
  start(setup: BrowserSetup): Promise<RunningBrowser>;
}

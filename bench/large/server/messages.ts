/** What the driver asks of the server's process. */
export type ToServer =
  | {
      readonly kind: 'issue';
      readonly token: string;
      readonly size: number;
      readonly bytesPerSecond: number | null;
    }
  /** For the page that is open now, or the next one to open. */
  | { readonly kind: 'order'; readonly order: Order };

/** What the server's process tells the driver. `at`: epoch milliseconds. */
export type FromServer =
  | { readonly kind: 'listening'; readonly origin: string }
  | { readonly kind: 'sent'; readonly token: string; readonly bytes: number }
  /** The connection of a GET was closed before its last byte was sent. */
  | { readonly kind: 'cut'; readonly token: string; readonly at: number }
  | { readonly kind: 'told'; readonly report: Report };

/** What the driver tells a page to do. */
export type Order =
  /** Clicks by script: for browsers that are not under automation. */
  { readonly do: 'click'; readonly selector: string } | { readonly do: 'tell' };

/** What a page tells the driver. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | ({ readonly kind: 'observed' } & Observed);

/** What a page has seen since it was ready. Times are epoch milliseconds, durations milliseconds. */
export interface Observed {
  /** When each click on a button of the page happened, by the input's own time. */
  readonly clicks: readonly number[];
  /** Tasks over 50 ms since the first click; `null` where the browser does not tell. */
  readonly longTasks: readonly number[] | null;
  /** The longest time between two beats of a 10-ms timer since the first click. */
  readonly longestGap: number;
  /** Bytes that the origin has stored, as the browser estimates. */
  readonly storedBytes: number;
  /** The page's own words on how far the download is. */
  readonly words: string;
}

export const ENDPOINT = '/api/open/v1/artifact-downloads';
export const FILE_NAME = 'building.ifc';

import type { ArtifactMetadata } from '../protocol/readMetadata.ts';
import type { DownloadRecord } from './downloadState.ts';
import type { SaveAgain } from './transfer.ts';

/** What is going on for a click, or is left of it. */
export interface DownloadRun {
  /** Ends the transfer; `null` once it has ended by itself. */
  controller: AbortController | null;
  /** Lets the page be left without a question; `null`: there is none. */
  unguard: (() => void) | null;
  saveAgain: SaveAgain | null;
}

const IDLE: DownloadRecord = { status: 'idle', notice: null };

/**
 * The download of one token: outside React, so that it outlives its buttons, and one for all of
 * them, so that no two can spend the token. What happens to it is in `life.ts`.
 */
export class Download {
  /**
   * Stands for the token wherever others can look (query keys). Random rather than a digest: it
   * means nothing outside this page, so an answer stored for later can never be taken for today's.
   */
  readonly id: string;
  /** Stamps a question: it changes whenever what was asked before has ceased to mean anything. */
  epoch = 0;
  /** What HEAD last told of the file, also after the token has died. */
  metadata: ArtifactMetadata | null = null;
  /** A server has answered after a click was refused for want of a network. */
  isReachable = false;
  /** What a click has set going; `null` while no click has. */
  run: DownloadRun | null = null;
  readonly #keep: (keep: boolean) => void;
  readonly #listeners = new Set<() => void>();
  #record: DownloadRecord = IDLE;

  /** @param keep asks the page to hold on to this download while no button does. */
  constructor(id: string, keep: (download: Download, keep: boolean) => void) {
    this.id = id;
    this.#keep = (yes) => keep(this, yes);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): DownloadRecord => this.#record;

  /** Whether a mounted button shows this download. */
  get isSeen(): boolean {
    return this.#listeners.size > 0;
  }

  /** Takes a new record and tells everyone who shows it. */
  set(record: DownloadRecord): void {
    this.#record = record;
    // What a click has done is remembered for as long as the page lives; nothing else needs to be.
    this.#keep(this.run !== null);
    for (const listener of this.#listeners) listener();
  }
}

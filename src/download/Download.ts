import type { ArtifactMetadata } from '../protocol/readMetadata.ts';
import type { DownloadRecord } from './downloadState.ts';
import type { Held } from './transfer.ts';

/** What is going on for a click, or is left of it. */
export interface DownloadRun {
  /** Ends the transfer; `null` once it has ended by itself. */
  controller: AbortController | null;
  /** Lets the page be left without a question; `null`: there is none. */
  unguard: (() => void) | null;
  /** What "Save again" would save. */
  held: Held | null;
  /** The file has been saved once, whatever became of saving it again. */
  isSaved: boolean;
  /** Lets other tabs have the token; `null`: it is not claimed yet, or not any more. */
  release: (() => void) | null;
  /** Another tab has had the token while this one waited for its turn. */
  isTooLate: boolean;
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
  /** HEAD's last word, whoever asked. */
  isDead = false;
  /** A server has answered after a click was refused for want of a network. */
  isReachable = false;
  /** The next HEAD is asked for, and does not wait until a button is near. */
  isUrgent = false;
  /** Where it is shown. */
  readonly places = new Set<Element>();
  /** Hear of places that come and go. */
  readonly onPlaces = new Set<() => void>();
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

  /** @returns the function that takes the place away. */
  showAt(place: Element): () => void {
    this.places.add(place);
    const tell = () => {
      for (const hear of this.onPlaces) hear();
    };
    tell();
    return () => {
      this.places.delete(place);
      tell();
    };
  }

  /** Whether nobody will see for now what HEAD would tell: every button is far off screen. */
  get isFar(): boolean {
    return this.places.size > 0 && [...this.places].every(isFarOff);
  }

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

/** More than a screen away. What has no box, as in a closed panel, is taken for near. */
function isFarOff(place: Element): boolean {
  const { top, right, bottom, left } = place.getBoundingClientRect();
  return (
    bottom < -innerHeight || top > 2 * innerHeight || right < -innerWidth || left > 2 * innerWidth
  );
}

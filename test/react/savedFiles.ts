import { vi } from 'vitest';

/** What jsdom lacks of a browser's downloads: object URLs, and a click on `a[download]`. */
export interface SavedFiles {
  readonly files: { readonly fileName: string; readonly blob: Blob }[];
  /** Object URLs that were made and not revoked yet. */
  readonly liveUrls: ReadonlySet<string>;
}

/** Takes what the page hands to the browser. Undone by `vi.restoreAllMocks()` and `unstubAllGlobals`. */
export function takeSavedFiles(): SavedFiles {
  const files: { fileName: string; blob: Blob }[] = [];
  const blobs = new Map<string, Blob>();
  let count = 0;
  URL.createObjectURL = (blob: Blob) => {
    const url = `blob:test/${count++}`;
    blobs.set(url, blob);
    return url;
  };
  URL.revokeObjectURL = (url: string) => void blobs.delete(url);
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    const blob = blobs.get(this.href);
    if (blob) files.push({ fileName: this.download, blob });
  });
  return {
    files,
    get liveUrls() {
      return new Set(blobs.keys());
    },
  };
}

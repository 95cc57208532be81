/** The file that a way has to save. */
export interface LargeFile {
  readonly token: string;
  readonly url: string;
  readonly name: string;
  readonly size: number;
}

/** One way of saving a large file, on a page of its own. */
export interface Way {
  /**
   * Puts a download button into `root`; resolves when a click on it would download. `fail` is for
   * what the way's own code reports, beside what it throws.
   */
  mount(root: HTMLElement, file: LargeFile, fail: (error: unknown) => void): Promise<void> | void;
}

/** A plain button that runs `save`. */
export function plainButton(save: (file: LargeFile) => Promise<unknown>): Way {
  return {
    mount(root, file, fail) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Download';
      button.addEventListener('click', () => void save(file).catch(fail));
      root.append(button);
    },
  };
}

/** The one GET, as a page sends it. */
export async function getBody(url: string): Promise<Response & { body: ReadableStream }> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`GET: ${response.status}`);
  return response as Response & { body: ReadableStream };
}

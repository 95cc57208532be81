import type { DownloadSink } from './DownloadSink.ts';

type ShowSaveFilePicker = (options: {
  suggestedName: string;
}) => Promise<FileSystemFileHandle & { remove?(): Promise<void> }>;

/** Whether this browser lets a page ask where to save. */
export function canPick(): boolean {
  return 'showSaveFilePicker' in globalThis;
}

/**
 * Asks the user where to save, before the token is spent, and writes the bytes there: once, and
 * "saved" means saved. Only some browsers can, see {@link canPick}; a dismissed dialog costs nothing.
 */
export const pickerSink: DownloadSink = {
  async open({ fileName }) {
    const { showSaveFilePicker } = globalThis as unknown as {
      showSaveFilePicker: ShowSaveFilePicker;
    };
    const handle = await showSaveFilePicker({ suggestedName: fileName });
    const isNew = (await handle.getFile()).size === 0;
    // The dialog has made an empty file, which nobody wants.
    const removeNew = async () => {
      if (isNew) await handle.remove?.().catch(() => {});
    };
    // A stream that is not closed leaves a file that was there before as it was.
    const stream = await handle.createWritable().catch(async (error: unknown) => {
      await removeNew();
      throw error;
    });
    const discard = async (reason?: unknown) => {
      await stream.abort(reason).catch(() => {});
      await removeNew();
    };
    return {
      writable: new WritableStream<Uint8Array>({
        async write(chunk) {
          try {
            await stream.write(chunk as Uint8Array<ArrayBuffer>);
          } catch (error) {
            await discard(error);
            throw error;
          }
        },
        async close() {
          try {
            await stream.close();
          } catch (error) {
            await discard(error);
            throw error;
          }
        },
        abort: discard,
      }),
    };
  },
};

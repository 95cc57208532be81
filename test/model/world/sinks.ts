import type { DownloadSink, SinkDestination } from '../../../src/index.ts';
import type { SinkKind } from './config.ts';
import type { Button } from './Tab.ts';
import type { World } from './World.ts';

/** An app's own destination, of one of the kinds that there are. */
export function openSink(
  kind: Exclude<SinkKind, 'auto'>,
  buttonOf: () => Button,
  world: World,
): DownloadSink {
  const open = (fileName: string): SinkDestination => {
    const { tab } = buttonOf();
    const chunks: Uint8Array[] = [];
    return {
      writable: new WritableStream<Uint8Array>({
        write: (chunk) => void chunks.push(chunk),
        close() {
          if (kind === 'unclosable') throw new tab.realm.Error('The cloud is full.');
          world.onSaved(tab, Buffer.concat(chunks), fileName, 'application/octet-stream');
        },
      }),
    };
  };
  return {
    open({ fileName }) {
      const { tab } = buttonOf();
      if (kind === 'reentrant') world.user.click(buttonOf());
      if (kind !== 'slow' && kind !== 'dismissed') return open(fileName);
      return new tab.realm.Promise<SinkDestination>((resolve, reject) => {
        // A dialog: it takes as long as the user does.
        world.scheduled.push({
          tab,
          what: 'dialog',
          happen: () => {
            if (kind === 'slow') resolve(open(fileName));
            else reject(new tab.window.DOMException('Dismissed.', 'AbortError'));
          },
        });
      });
    },
  };
}

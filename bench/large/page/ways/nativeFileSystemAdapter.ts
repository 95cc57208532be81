import { showSaveFilePicker } from 'native-file-system-adapter';
import { getBody, plainButton, type Way } from '../way.ts';

const button = plainButton(async ({ url, name, size }) => {
  const { body } = await getBody(url);
  const handle = await showSaveFilePicker({ _preferPolyfill: true, suggestedName: name });
  // It takes the size for the download's Content-Length, though its types do not say so.
  const options: object = { size };
  await body.pipeTo(await handle.createWritable(options));
});

/** native-file-system-adapter, without the picker: its service worker's download. */
export default {
  async mount(root, file, fail) {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
    await button.mount(root, file, fail);
  },
} satisfies Way;

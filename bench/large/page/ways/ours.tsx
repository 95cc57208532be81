import { createRoot } from 'react-dom/client';
import { DownloadButton } from '../../../../src/index.ts';
import '../../../../src/styles/download-button.css';
import type { Way } from '../way.ts';

/** This library's button as an app would use it, with nothing set. */
export default {
  mount: (root, { token }, fail) =>
    new Promise((resolve) => {
      createRoot(root).render(
        <DownloadButton
          token={token}
          onStatusChange={({ status }) => {
            if (status === 'ready') resolve();
          }}
          onFailed={({ error }) => fail(error)}
        />,
      );
    }),
} satisfies Way;

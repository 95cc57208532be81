import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import useDownloader from 'react-use-downloader';
import type { LargeFile, Way } from '../way.ts';

function Download({ file, fail }: { file: LargeFile; fail: (error: unknown) => void }) {
  const { download, percentage, error } = useDownloader();
  useEffect(() => {
    if (error !== null) fail(error);
  }, [error, fail]);
  return (
    <button type="button" onClick={() => void download(file.url, file.name)}>
      Download {percentage} %
    </button>
  );
}

/** react-use-downloader's hook, as its readme has it. */
export default {
  mount(root, file, fail) {
    createRoot(root).render(<Download file={file} fail={fail} />);
  },
} satisfies Way;

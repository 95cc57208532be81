import type { DownloadSink } from './DownloadSink.ts';
import { downloadsSink } from './downloadsSink.ts';

/**
 * Where to save: `auto` lets the library choose, `downloads` is the browser's downloads folder, an
 * object is the app's own {@link DownloadSink}.
 */
export type SinkChoice = 'auto' | 'downloads' | DownloadSink;

/** The sink behind a choice. */
export function chooseSink(choice: SinkChoice): DownloadSink {
  return typeof choice === 'object' ? choice : downloadsSink;
}

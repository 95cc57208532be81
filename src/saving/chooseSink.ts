import type { DownloadSink } from './DownloadSink.ts';
import { downloadsSink } from './downloadsSink.ts';

/**
 * Where to save: `auto` lets the library choose, `downloads` is the browser's downloads folder, an
 * object is the app's own {@link DownloadSink}.
 */
export type SinkChoice = 'auto' | 'downloads' | DownloadSink;

/**
 * The sink behind a choice.
 * @throws {TypeError} when it is none, which types can't always prevent.
 */
export function chooseSink(choice: SinkChoice): DownloadSink {
  if (choice === 'auto' || choice === 'downloads') return downloadsSink;
  if (typeof choice === 'object' && typeof choice.open === 'function') return choice;
  throw new TypeError("The sink is unknown. Pass 'auto', 'downloads' or an object with open().");
}

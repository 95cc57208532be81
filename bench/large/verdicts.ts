import { atLeast, atMost, note } from '../verdict.ts';
import type { Series } from './measure/rounds.ts';
import { summarize, type Summary } from './summary.ts';

const GROWTH = 64;
const LONG_TASK = 50;
/** A task that long, and the time to the timer's next beat. */
const LONGEST_GAP = LONG_TASK + 10;

/** Prints our own lines against P4 and P5. */
export function reportDownloads(all: readonly Series[], size: number): void {
  const summaries = summarize(all);
  for (const summary of summaries.filter(({ way }) => way === 'ours')) {
    const { browser, line, failures, ratio, growth, longestTask, longestGap } = summary;
    const where = `${browser}, ${line}`;
    if (failures || ratio === null) {
      note(`P4  ${where}: the file`, `OVER: no file (${failures?.why ?? 'no yardstick'})`);
      continue;
    }
    const least = leastRatio(summary, size);
    if (least === null) note(`P4  ${where}: native ÷ ours`, `${ratio.toFixed(2)} (no promise)`);
    else atLeast(`P4  ${where}: native ÷ ours`, ratio, least, '×');
    if (growth !== null) atMost(`P4  ${where}: memory`, growth / 2 ** 20, GROWTH, 'MiB');
    const native = summaries.find(
      (one) => one.way === 'native' && one.browser === browser && one.line === line,
    );
    // The page does nothing during a native download: what is slow there, the machine is.
    const beside = (value: number | null | undefined) =>
      note('    the same beside the native download', `${value?.toFixed(0).padStart(8) ?? '–'} ms`);
    if (longestTask !== null) {
      atMost(`P5  ${where}: longest task`, longestTask, LONG_TASK, 'ms');
      beside(native?.longestTask);
    } else if (longestGap !== null) {
      atMost(`P5  ${where}: longest gap of a 10-ms timer`, longestGap, LONGEST_GAP, 'ms');
      beside(native?.longestGap);
    }
  }
}

/** What P4 promises, or `null` where it promises nothing. */
function leastRatio({ engine, line }: Summary, size: number): number | null {
  const isLarge = size >= 2 ** 32;
  if (line === 'unthrottled') return engine === 'chromium' ? 0.5 : isLarge ? 0.35 : 0.4;
  return engine === 'chromium' && line === '100MiB/s' ? 0.9 : null;
}

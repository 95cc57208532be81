import { summarize, type Summary } from './summary.ts';
import type { Series } from './measure/rounds.ts';

const HEADS = [
  'browser',
  'line',
  'way',
  'native ÷ way',
  'lowest–highest',
  'click to file',
  'memory growth (most)',
  'longest task > 50 ms',
  'longest gap of a 10-ms timer',
];

/** The results in columns, for a terminal. */
export function plainTable(all: readonly Series[]): string {
  const rows = [HEADS, ...summarize(all).map(cells)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .concat('')
    .join('\n');
}

/** Why there was no file, a line for each way that saved none. */
export function failureNotes(all: readonly Series[]): string {
  return summarize(all)
    .flatMap(({ browser, line, way, failures }) =>
      failures ? [`No file: ${browser}, ${line}, ${way}: ${failures.why}\n`] : [],
    )
    .join('');
}

/** The results for a README. */
export function markdownTable(all: readonly Series[]): string {
  const rows = [HEADS, HEADS.map(() => '---'), ...summarize(all).map(cells)];
  return rows
    .map((row) => `| ${row.join(' | ')} |`)
    .concat('')
    .join('\n');
}

function cells(summary: Summary): string[] {
  const { browser, line, way, ratio, spread, time, growth, highestGrowth, failures } = summary;
  const { longestTask, longestGap } = summary;
  return [
    browser,
    line,
    way,
    failures ? `no file, ${failures.count} of ${failures.of}` : (ratio?.toFixed(2) ?? '–'),
    spread && !failures ? spread.map((value) => value.toFixed(2)).join('–') : '–',
    time === null ? '–' : `${(time / 1000).toFixed(2)} s`,
    growth === null ? '–' : `${mebibytes(growth)} (${mebibytes(highestGrowth ?? growth)}) MiB`,
    longestTask === null ? '–' : longestTask === 0 ? 'none' : `${longestTask.toFixed(0)} ms`,
    longestGap === null ? '–' : `${longestGap.toFixed(0)} ms`,
  ];
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

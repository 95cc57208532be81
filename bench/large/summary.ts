import type { Series } from './measure/rounds.ts';

/** One way's rounds in a line. Times are milliseconds. */
export interface Summary {
  readonly engine: Series['engine'];
  readonly browser: string;
  readonly line: string;
  readonly way: Series['way'];
  /** The native time by this way's: 1 is as fast as the browser itself. `null`: no file. */
  readonly ratio: number | null;
  /** The lowest and the highest ratio of a round. */
  readonly spread: readonly [number, number] | null;
  readonly time: number | null;
  /** Bytes; also of rounds without a file. `null`: nobody tells. */
  readonly growth: number | null;
  readonly highestGrowth: number | null;
  /** The longest task over 50 ms; 0: there was none; `null`: the browser does not tell. */
  readonly longestTask: number | null;
  /** The longest time between two beats of a 10-ms timer. */
  readonly longestGap: number | null;
  /** Rounds without a file, of how many, and why. */
  readonly failures: { readonly count: number; readonly of: number; readonly why: string } | null;
}

/** Sums each way up against the native one of its browser and line. */
export function summarize(all: readonly Series[]): Summary[] {
  return all.map((series) => {
    const { engine, browser, way, results } = series;
    const native = all.find(
      (one) => one.way === 'native' && one.browser === browser && one.line === series.line,
    );
    const times = results.map(({ time }) => time);
    const hasAll = times.every((time) => time !== null);
    const ratios = times.flatMap((time, round) => {
      const base = native?.results[round]?.time;
      return time === null || base === undefined || base === null ? [] : [base / time];
    });
    const growths = results.flatMap(({ growth }) => growth ?? []);
    const observed = results.flatMap((result) => result.observed ?? []);
    const tasks = observed.map(({ longTasks }) => longTasks && Math.max(0, ...longTasks));
    const failed = results.filter(({ time }) => time === null);
    const time = hasAll ? median(times) : null;
    const nativeTime = median(native?.results.flatMap((result) => result.time ?? []) ?? []);
    return {
      engine,
      browser,
      line: series.line.name,
      way,
      ratio: time === null || nativeTime === null ? null : nativeTime / time,
      spread: ratios.length > 0 ? [Math.min(...ratios), Math.max(...ratios)] : null,
      time,
      growth: median(growths),
      highestGrowth: growths.length > 0 ? Math.max(...growths) : null,
      longestTask: tasks.includes(null) || tasks.length === 0 ? null : Math.max(...nonNull(tasks)),
      longestGap:
        observed.length > 0 ? Math.max(...observed.map(({ longestGap }) => longestGap)) : null,
      failures:
        failed.length > 0
          ? { count: failed.length, of: results.length, why: failed[0]?.failure ?? '' }
          : null,
    };
  });
}

function nonNull<Value>(values: readonly (Value | null)[]): Value[] {
  return values.flatMap((value) => (value === null ? [] : [value]));
}

/** The middle value, or `null` of none. */
export function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? null;
}

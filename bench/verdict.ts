/** Prints one measured line against the most that is promised. */
export function atMost(what: string, measured: number, limit: number, unit: string): void {
  print(what, measured, measured <= limit, limit, unit);
}

/** Prints one measured line against the least that is promised. */
export function atLeast(what: string, measured: number, limit: number, unit: string): void {
  print(what, measured, measured >= limit, limit, unit);
}

/** Prints one line which nothing is promised about, or of which nothing could be measured. */
export function note(what: string, value: string): void {
  console.log(`${what.padEnd(70)} ${value}`);
}

function print(what: string, measured: number, isKept: boolean, limit: number, unit: string) {
  const digits = ['B', 'ms', 'files'].includes(unit) ? 0 : 2;
  const value = `${measured.toFixed(digits).padStart(8)} ${unit}`;
  note(what, `${value}  ${isKept ? 'within' : 'OVER'} ${limit} ${unit}`);
}

import { safeFileName } from '../src/protocol/safeFileName.ts';
import { suggestedFileName } from '../src/protocol/suggestedFileName.ts';
import { atMost } from './verdict.ts';

/** Headers of about so many bytes, each with what a careless expression would be slow at. */
const HEADERS: Record<string, (length: number) => string> = {
  semicolons: (length) => 'a' + ';'.repeat(length),
  'many parameters': (length) =>
    Array.from({ length: length / 8 }, (_, index) => `;k${index}=v`).join(''),
  'quotes that close late': (length) => 'a' + ';a="\\"'.repeat(length / 6),
  'white space': (length) => `a;${' '.repeat(length)}filename`,
  escapes: (length) => `a;filename="${'\\a'.repeat(length / 2)}"`,
  'combining marks': (length) => `a;filename="${asLatin1('\u0301\u0323'.repeat(length / 4))}"`,
  'UTF-8': (length) => `a;filename="${asLatin1('é'.repeat(length / 2))}"`,
  'Latin-1': (length) => `a;filename="${'é'.repeat(length)}"`,
  extended: (length) => `a;filename*=utf-8''${'%CC%81%CC%A3'.repeat(length / 12)}`,
  'extended, broken at its end': (length) => `a;filename*=iso-8859-1''${'%41'.repeat(length / 3)}%`,
};
/** Names of so many UTF-16 units, as an app may give them. */
const NAMES: Record<string, (length: number) => string> = {
  dots: (length) => `a${'.'.repeat(length)}b`,
  'dots and spaces': (length) => 'a' + ' .'.repeat(length / 2),
  spaces: (length) => `${' '.repeat(length)}b`,
  extensions: (length) => '.a'.repeat(length / 2),
  'marks in two classes': (length) =>
    `a${'\u0301'.repeat(length / 2)}${'\u0323'.repeat(length / 2)}`,
};
const LENGTH = 32_000;
const RUNS = 15;
/** Twice the length takes twice as long; in quadratic time it would be four times. */
const LIMIT = 3;

/** N1, N2: a hostile header or name holds nobody up. */
export async function reportNames(): Promise<void> {
  console.log(`N1  File names: a header of ${2 * LENGTH} bytes against one of half the length\n`);
  compare(HEADERS, (header) => safeFileName(suggestedFileName(header)));
  console.log('\nN2  The same of names\n');
  compare(NAMES, safeFileName);
}

function compare(
  makers: Record<string, (length: number) => string>,
  run: (value: string) => string,
): void {
  for (const [name, make] of Object.entries(makers)) {
    const [half, whole] = [LENGTH, 2 * LENGTH].map((length) => timeOf(run, make(length)));
    atMost(name, (whole ?? NaN) / (half ?? NaN), LIMIT, '×');
  }
}

/** Milliseconds, the best of many: a busy machine delays some runs, quadratic time delays all. */
function timeOf(run: (value: string) => string, value: string): number {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    run(value);
    return performance.now() - began;
  });
  return Math.min(...times);
}

/** What `Headers.get()` makes of UTF-8: one UTF-16 unit a byte. */
function asLatin1(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

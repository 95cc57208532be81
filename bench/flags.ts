import { parseArgs } from 'node:util';

const PARTS = ['size', 'names', 'mount', 'large'] as const;
const ENGINES = ['chromium', 'firefox'] as const;
/** Every way of saving a large file that the bench knows; each has a page entry of this name. */
export const WAYS = [
  'native',
  'ours',
  'file-saver',
  'react-use-downloader',
  'chunks',
  'streamsaver',
  'native-file-system-adapter',
] as const;

export type Part = (typeof PARTS)[number];
export type EngineName = (typeof ENGINES)[number];
export type WayName = (typeof WAYS)[number];

/** How fast the server sends. */
export interface Line {
  readonly name: string;
  /** `null`: as fast as it can. */
  readonly bytesPerSecond: number | null;
}

/** What to measure. */
export interface Flags {
  readonly parts: readonly Part[];
  readonly size: number;
  readonly ways: readonly WayName[];
  readonly engines: readonly EngineName[];
  readonly lines: readonly Line[];
  readonly rounds: number;
  /** Whether memory is touched before each click, see `backMemory`. */
  readonly backMemory: boolean;
}

/**
 * Reads the command line.
 * @throws {TypeError} which names the flag that is wrong, and what it takes.
 */
export function readFlags(args: string[]): Flags {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: PARTS.join() },
      size: { type: 'string', default: '1GiB' },
      ways: { type: 'string', default: WAYS.join() },
      engines: { type: 'string', default: ENGINES.join() },
      lines: { type: 'string', default: 'unthrottled,100MiB/s' },
      rounds: { type: 'string', default: '3' },
      'back-memory': { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds > 0)) {
    throw new TypeError(`--rounds takes a number from 1, not "${values.rounds}".`);
  }
  const ways = some('--ways', WAYS, values.ways);
  return {
    parts: some('--only', PARTS, values.only),
    size: bytes('--size', values.size),
    // Nothing can be said of the others without their yardstick.
    ways: ways.includes('native') ? ways : ['native', ...ways],
    engines: some('--engines', ENGINES, values.engines),
    lines: values.lines.split(',').map(line),
    rounds,
    backMemory: values['back-memory'],
  };
}

function some<Name extends string>(flag: string, all: readonly Name[], value: string): Name[] {
  const asked = value.split(',');
  const unknown = asked.find((name) => !all.some((one) => one === name));
  if (unknown !== undefined) {
    throw new TypeError(`${flag} takes ${all.join(', ')}, not "${unknown}".`);
  }
  return all.filter((name) => asked.includes(name));
}

function line(name: string): Line {
  if (name === 'unthrottled') return { name, bytesPerSecond: null };
  return { name, bytesPerSecond: bytes('--lines', name.replace(/\/s$/, '')) };
}

function bytes(flag: string, value: string): number {
  const [, number, unit] = /^(\d+)(MiB|GiB)$/.exec(value) ?? [];
  if (number === undefined) {
    const example = flag === '--size' ? '4GiB' : 'unthrottled or 100MiB/s';
    throw new TypeError(`${flag} takes such as ${example}, not "${value}".`);
  }
  return Number(number) * (unit === 'GiB' ? 2 ** 30 : 2 ** 20);
}

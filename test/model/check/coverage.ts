import type { Tab } from '../world/Tab.ts';

/** How far a download can be when something comes between. */
export const POINTS = [
  'before click',
  'before fetch',
  'no headers',
  'headers',
  'mid-body',
  'unsaved',
  'saved',
] as const;
export type Point = (typeof POINTS)[number];

/** Counts what came between at which point, so that a model that has stopped looking is noticed. */
export class Coverage {
  readonly #counts = new Map<string, Map<Point, number>>();

  note(event: string, tab: Tab): void {
    const counts = this.#counts.get(event) ?? new Map<Point, number>();
    this.#counts.set(event, counts);
    for (const point of pointsOf(tab)) counts.set(point, (counts.get(point) ?? 0) + 1);
  }

  /** The points at which an event never came. */
  missing(event: string): Point[] {
    return POINTS.filter((point) => !this.#counts.get(event)?.get(point));
  }

  toString(): string {
    const row = (cells: readonly unknown[]) =>
      cells.map((cell, at) => (at ? String(cell).padStart(13) : String(cell).padEnd(16))).join('');
    const rows = Array.from(this.#counts, ([event, counts]) =>
      row([event, ...POINTS.map((point) => counts.get(point) ?? 0)]),
    );
    return [row(['', ...POINTS]), ...rows].join('\n');
  }
}

/** Where a tab's downloads are. */
function pointsOf(tab: Tab): Set<Point> {
  const { server, user } = tab.world;
  const points = new Set<Point>();
  for (const button of tab.buttons) {
    const { status, phase } = user.see(button);
    if (status === 'ready') points.add('before click');
    if (phase === 'choosing') points.add('before fetch');
  }
  for (const get of server.requests) {
    if (get.tab !== tab || get.method !== 'GET') continue;
    if (get.stage === 'waiting') points.add('no headers');
    else if (get.stage === 'streaming') points.add(get.sent ? 'mid-body' : 'headers');
    else if (get.saved) points.add('saved');
    else if (get.ending === 'complete') points.add('unsaved');
  }
  return points;
}

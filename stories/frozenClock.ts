const AliveDate = Date;
/** A morning of no account, in whatever time zone. */
const MOMENT = new AliveDate(2026, 4, 12, 9, 30).getTime();

class FrozenDate extends AliveDate {
  // One of its many forms; all that is given is handed on.
  constructor(...given: [number]) {
    super(...(given.length > 0 ? given : ([MOMENT] as const)));
  }
  static override now = () => MOMENT;
}

/** Stops the clock, not the timers: texts with a time in them come out the same in every picture. */
export function freezeClock(): void {
  globalThis.Date = FrozenDate as DateConstructor;
}

/** Lets it go on. */
export function thawClock(): void {
  globalThis.Date = AliveDate;
}

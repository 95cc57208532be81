/** Sizes, shares and times in a locale's own form. */
export interface Formats {
  /** Decimal units, as file managers show: 2.4 MB. */
  size(bytes: number): string;
  /** Rounded down: 100 % means that all is there. */
  percent(fraction: number): string;
  speed(bytesPerSecond: number): string;
  duration(seconds: number): string;
  time(epochMilliseconds: number): string;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const cache = new Map<string, Formats>();

/**
 * @param locale BCP 47; default: the document's `lang`, else the browser's own. One that `Intl`
 * does not understand is passed over, for bad input must not throw into render.
 */
export function formatsFor(locale?: string): Formats {
  const wanted = locale ?? (typeof document === 'undefined' ? '' : document.documentElement.lang);
  let formats = cache.get(wanted);
  if (!formats) cache.set(wanted, (formats = createFormats(supported(wanted))));
  return formats;
}

/** Without the marks some locales put in: they would set the direction of the whole line. */
function plain(text: string): string {
  return text.replace(/[\u061c\u200e\u200f]/g, '');
}

function supported(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

function createFormats(locale: string | undefined): Formats {
  const unit = (amount: number, name: string, unitDisplay: 'short' | 'long' | 'narrow' = 'short') =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay,
      maximumFractionDigits: amount < 10 && name !== 'byte' ? 1 : 0,
    }).format(amount);
  const inBytes = (bytes: number, per: string) => {
    let power = 0;
    let amount = bytes;
    // 999.5 would round to a thousand of the smaller unit.
    for (; amount >= 999.5 && power < UNITS.length - 1; power++) amount /= 1_000;
    const name = UNITS[power] ?? 'byte';
    return unit(amount, `${name}${per}`, name === 'byte' && !per ? 'long' : 'short');
  };
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const today = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const otherDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    size: (bytes) => inBytes(bytes, ''),
    percent: (fraction) => plain(percent.format(Math.floor(fraction * 100) / 100)),
    speed: (bytesPerSecond) => inBytes(bytesPerSecond, '-per-second'),
    duration: (seconds) => {
      if (seconds < 100) return unit(Math.max(1, Math.round(seconds)), 'second');
      if (seconds < 100 * 60) return unit(Math.round(seconds / 60), 'minute');
      return unit(Math.round(seconds / 3_600), 'hour');
    },
    time: (at) =>
      (new Date(at).toDateString() === new Date().toDateString() ? today : otherDay).format(at),
  };
}

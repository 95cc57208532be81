/** The name of a file whose server suggested none worth keeping. A constant, so it can never carry a token. */
const FALLBACK = 'download';

/**
 * 255 is the limit of every common disk, but Chromium first writes under a longer temporary name:
 * a 253-byte name reached no folder at all.
 */
const MAX_BYTES = 240;

/**
 * UTF-16 units of a stem that are composed (NFC): engines take quadratic time on a long run of
 * combining marks, 4 s for 64,000. Four units at most become one, so that what lies beyond could
 * never come within {@link MAX_BYTES}.
 */
const MAX_COMPOSED = 1024;

/**
 * What may not stay in a name, in any engine: characters that Windows forbids (both path separators are
 * among them), control (`Cc`), bidi and invisible format characters (`Cf`; Chromium replaces even
 * U+200C on saving, so keeping it would show another name than is saved), `%`, which Firefox
 * replaces, and `~`, which WebKit does, and Chromium at a name's ends; lone surrogates,
 * non-characters, and all else that is drawn as nothing (`DI`: fillers, tags) but the variation
 * selectors, which emoji and Japanese names need.
 */
const UNSAFE = /[<>:"/\\|?*%~\p{Cc}\p{Cf}\p{Cs}\p{NChar}]|[^\P{DI}\p{VS}]/gu;

/**
 * A name from its first to its last character that is neither dot nor white space.
 * A match and not `replace(/[.\s]+$/, '')`, which takes quadratic time on 50,000 dots before a letter.
 */
const CORE = /[^.\s](?:.*[^.\s])?/su;

/** Nothing a reader could tell the file by, such as what is left of `../../..`. */
const MEANINGLESS = /^[-_. ]*$/;

/** Device names, with any extension, and the two files that Windows' shell obeys. */
const RESERVED =
  /^(?:(?:con|prn|aux|nul|(?:conin|conout|clock)\$|(?:com|lpt)[\d\xb9\xb2\xb3]) ?(?:\.|$)|(?:desktop\.ini|thumbs\.db)$)/i;

/**
 * Parts a name before its last dot, so that the extension stays in view while a long stem is shortened.
 * `stem + extension === name`, always.
 *
 * @param name - Any file name; meant for the result of {@link safeFileName}.
 * @returns `extension` with its dot: `'.gz'` for `archive.tar.gz`. It is `''` where there is none to
 * speak of: no dot, only a leading or a trailing one, or more than 16 characters after the last.
 */
export function splitFileName(name: string): { stem: string; extension: string } {
  const extension = /(?!^)\.[^.]{1,16}$/u.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/**
 * A name that every engine and file system takes as it is, so that the name shown is the name saved:
 * NFC, 1 to 240 UTF-8 bytes with the extension kept (see {@link splitFileName}), no path, no control,
 * bidi or invisible format characters, no device name, no dots or white space at its ends.
 * What is unsafe becomes `_` rather than vanish: deleting could make an extension that no reader saw.
 *
 * Idempotent: a safe name is returned unchanged.
 *
 * @param name - A suggestion, as hostile as may be; `null` when there is none.
 * @param fallback - The name when nothing meaningful is left. Made safe like `name`.
 * @defaultValue fallback: `'download'`
 * @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 * @example
 * safeFileName('../Plan: A1.pdf'); // '_Plan_ A1.pdf'
 */
export function safeFileName(name: string | null, fallback: string = FALLBACK): string {
  const { stem, extension } = splitFileName(
    trim((name ?? '').replace(UNSAFE, '_').replace(/\s+/g, ' ')),
  );
  const start = stem.slice(0, MAX_COMPOSED).normalize();
  const end = extension.normalize();
  const encoder = new TextEncoder();
  const room = new Uint8Array(MAX_BYTES - encoder.encode(end).length);
  // `encodeInto` stops after the last code point that fits whole.
  const safe = trim(start.slice(0, encoder.encodeInto(start, room).read) + end);
  if (MEANINGLESS.test(safe)) return safeFileName(fallback);
  // Last, because trimming and cutting can bring a device name about; and the marked name goes through
  // the whole again, because the mark may be one byte too many.
  return RESERVED.test(safe) ? safeFileName('_' + safe) : safe;
}

function trim(name: string): string {
  return CORE.exec(name)?.[0] ?? '';
}

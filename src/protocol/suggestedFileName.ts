import { decodeExtended, parse } from 'content-disposition';

/**
 * Fetch hands header bytes over as Latin-1, one UTF-16 unit a byte, while many servers write UTF-8
 * (`cafÃ©`). Bytes that are valid UTF-8 are practically never meant as Latin-1.
 */
function repairLatin1(value: string): string {
  // Not a header's bytes: somebody decoded them before, so there is nothing to repair.
  if (/[^\0-\xff]/.test(value)) return value;
  try {
    // As strict as a fatal `TextDecoder`, without a byte array to fill first.
    return decodeURIComponent(
      value.replace(/[%\x80-\xff]/g, (byte) => '%' + byte.charCodeAt(0).toString(16)),
    );
  } catch {
    return value;
  }
}

/**
 * The file name that a server suggests in `Content-Disposition`, as sent: **not** safe to save under
 * before it went through `safeFileName`.
 *
 * `filename*` wins wherever it stands; a broken or empty one falls back to `filename`. Values are
 * decoded once; RFC 2047 words (`=?utf-8?Q?…?=`) and percent signs in a plain `filename` stay literal.
 * A plain `filename` in UTF-8 that arrives seen as Latin-1 is repaired. Never throws, and takes time
 * linear in the header's length.
 *
 * @param contentDisposition - The header as `Headers.get()` returns it; `null` when it is absent or,
 * cross-origin, not exposed.
 * @returns The name, or `null` when the header suggests none.
 * @see RFC 6266 section 4.3 (`filename`, `filename*`), RFC 8187 section 3.2 (the extended value)
 * @example
 * suggestedFileName("attachment; filename=rates.pdf; filename*=UTF-8''%e2%82%ac.pdf"); // '€.pdf'
 */
export function suggestedFileName(contentDisposition: string | null): string | null {
  // `extended: false` keeps the two apart: a decoded `filename*` must not be repaired as if it were
  // bytes (`ISO-8859-1''%c3%a4` does mean "Ã¤"), and an empty one must not hide a good `filename`.
  const { filename, 'filename*': extended } = parse(contentDisposition ?? '', {
    extended: false,
  }).parameters;
  return (extended && decodeExtended(extended)) || (filename && repairLatin1(filename)) || null;
}

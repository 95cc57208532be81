/**
 * How long an object URL lives after the browser was told to save it, in milliseconds. The page is
 * never told when the engine has taken the bytes over, and revoking too early loses the file
 * silently; revoking never keeps them for as long as the page lives.
 */
const REVOKE_DELAY = 60_000;

/**
 * Asks the browser to save a blob among its downloads. Fire and forget: no engine says how it ends.
 * @throws whatever the engine throws where a page can't do this at all.
 */
export function handOver(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_DELAY);
  // Never attached to the document: the click must not reach the app's own link handlers.
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
}

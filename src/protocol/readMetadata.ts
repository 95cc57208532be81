import { contentTypeOf } from './answer.ts';
import { safeFileName } from './safeFileName.ts';
import { suggestedFileName } from './suggestedFileName.ts';

/** What the server says of an artifact, made safe to show and to save under. */
export interface ArtifactMetadata {
  /** A name that is safe on every file system; the name shown is the name saved. */
  readonly fileName: string;
  /** The media type without parameters, in lower case; `null` when the server sends none. */
  readonly contentType: string | null;
  /** Bytes; `null` when the length is unknown or counts encoded bytes. */
  readonly size: number | null;
}

/**
 * Reads an answer's headers. Missing, foreign or broken ones give `null`, never an error.
 */
export function readMetadata(headers: Headers, token: string): ArtifactMetadata {
  const contentType = contentTypeOf(headers);
  const suggested = suggestedFileName(headers.get('Content-Disposition'));
  const length = headers.get('Content-Length')?.trim() ?? '';
  const size = /^\d+$/.test(length) && !isEncoded(headers) ? Number(length) : null;
  return {
    fileName: safeFileName(
      // A server that names the file after the token must not make us show it. Shorter ones may be
      // words that stand in a name by chance.
      token.length >= 8 && suggested?.includes(token) ? null : suggested,
      `download${extensionOf(contentType)}`,
    ),
    contentType,
    size: Number.isSafeInteger(size) ? size : null,
  };
}

/** Whether the body counts differently from `Content-Length` (contract: gzip declares encoded bytes). */
export function isEncoded(headers: Headers): boolean {
  return !/^(identity)?$/i.test(headers.get('Content-Encoding')?.trim() ?? '');
}

/**
 * An ending for a file whose name the server (or CORS) keeps back, so that it can be opened at all.
 * Only types whose subtype is their usual ending and that can't run as a program or a page.
 */
function extensionOf(contentType: string | null): string {
  const match = /^\w+\/(pdf|zip|json|csv|png|jpeg|gif|webp|mp4)$/.exec(contentType ?? '');
  return match ? `.${match[1]}` : '';
}

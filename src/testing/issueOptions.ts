import { create as createContentDisposition } from 'content-disposition';
import { assertFaults } from './assertFaults.ts';
import { artifactBytes } from './artifactBytes.ts';
import type { Faults } from './faults.ts';
import { assertSpeed, type LineSpeed } from './line.ts';

/** Bytes of a blob read into memory at a time. */
const BLOB_CHUNK_BYTES = 64 * 1024;

/** Opens an artifact's bytes. `signal` aborts when nobody wants them any more. */
export type OpenArtifactBody = (context: { signal: AbortSignal }) => ReadableStream<Uint8Array>;

interface ArtifactDescription {
  /** The name suggested in `Content-Disposition`; any well-formed text. */
  fileName: string;
  /** The `Content-Type`, such as `application/pdf`. */
  contentType: string;
  /** Milliseconds from now until the token expires. Default: never. */
  expiresIn?: number;
  /** The token itself, for a test of hostile ones. Default: 32 random hexadecimal digits. */
  token?: string;
  /** Milliseconds before the answer to each request with this token. Default: the general line's. */
  latency?: number;
  /** Bytes a second for this token. Default: the general line's. */
  bytesPerSecond?: number;
  /** What goes wrong with this token, method by method. Default: the general line's faults. */
  faults?: Faults;
}

/**
 * What {@link ArtifactService.issue} hands out a token for. `size` is in bytes, and may be left out
 * where `body` is bytes, text (sent as UTF-8) or a `Blob`. Without `body` the artifact is
 * `artifactBytes(size, fileName)`.
 */
export type IssueOptions = ArtifactDescription &
  ({ size: number; body?: OpenArtifactBody } | { size?: number; body: Uint8Array | string | Blob });

/** What the service keeps of an artifact it issued. */
export interface IssuedArtifact {
  readonly size: number;
  /** Headers of a 200. */
  readonly headers: Readonly<Record<string, string>>;
  readonly open: OpenArtifactBody;
  readonly speed: LineSpeed;
}

/**
 * Turns what was asked for into what is served.
 *
 * @throws RangeError or TypeError for a size, a time, a rate, a header or a fault that no server could
 * mean.
 */
export function readIssueOptions(options: IssueOptions): IssuedArtifact {
  const { fileName, contentType, expiresIn } = options;
  const { open, size: bodySize } = readBody(options);
  const size = options.size ?? bodySize;

  if (size === undefined || !Number.isSafeInteger(size) || size < 0) {
    throw new RangeError(
      `The artifact was not issued: its size is ${size}. ` +
        'A size is a whole number of bytes, 0 or more. ' +
        'Pass such a `size`, or pass the bytes themselves as `body`.',
    );
  }
  if (bodySize !== undefined && bodySize !== size) {
    throw new RangeError(
      `The artifact was not issued: its size is ${size}, but its body has ${bodySize} bytes. ` +
        'The service promises in Content-Length exactly what it sends. Leave `size` out.',
    );
  }
  if (expiresIn !== undefined && !(expiresIn >= 0)) {
    throw new RangeError(
      `The artifact was not issued: it expires in ${expiresIn} ms. ` +
        'A duration is 0 or more. Pass such an `expiresIn`, or leave it out for no expiry.',
    );
  }
  const speed = readSpeed(options);
  assertSpeed(speed, 'The artifact was not issued');
  if (options.faults) assertFaults(options.faults, 'The artifact was not issued', size);
  return { size, open, speed, headers: readHeaders(fileName, contentType, size) };
}

function readSpeed({ latency, bytesPerSecond }: LineSpeed): LineSpeed {
  return {
    ...(latency !== undefined && { latency }),
    ...(bytesPerSecond !== undefined && { bytesPerSecond }),
  };
}

function readHeaders(fileName: string, contentType: string, size: number): Record<string, string> {
  try {
    const headers = {
      'Content-Type': contentType,
      'Content-Length': String(size),
      'Content-Disposition': createContentDisposition(fileName),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    };
    // Refuses now what would otherwise break the answer, far from the test that caused it.
    new Headers(headers);
    return headers;
  } catch (cause) {
    throw new RangeError(
      'The artifact was not issued: its fileName or contentType fits in no HTTP header. ' +
        'Use well-formed text for the one, and a media type for the other.',
      { cause },
    );
  }
}

function readBody({ body, size, fileName }: IssueOptions): {
  open: OpenArtifactBody;
  size?: number;
} {
  if (body === undefined) return { open: () => artifactBytes(size ?? 0, fileName) };
  if (typeof body === 'function') return { open: body };
  const blob = typeof body === 'string' ? new Blob([body]) : asBlob(body);
  return { open: () => blobBytes(blob), size: blob.size };
}

function asBlob(body: Uint8Array | Blob): Blob {
  // Not `instanceof Blob`: in jsdom there are two.
  return ArrayBuffer.isView(body) ? new Blob([body.slice()]) : body;
}

/** Like `blob.stream()`, which jsdom's Blob does not have. */
function blobBytes(blob: Blob): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const part = blob.slice(sent, sent + BLOB_CHUNK_BYTES);
        sent += part.size;
        controller.enqueue(new Uint8Array(await part.arrayBuffer()));
        if (sent >= blob.size) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

import { ArtifactDownloadError } from '../protocol/LoadError.ts';

/** The body broke off: the connection died after the headers. */
export class InterruptedError extends ArtifactDownloadError {
  override readonly name = 'InterruptedError';
  constructor(receivedBytes: number, options?: ErrorOptions) {
    super(
      `GET broke off after ${receivedBytes} bytes: the connection was lost. Nothing was saved; issue a new token if this one is spent.`,
      options,
    );
  }
}

/** The body ended, without an error, short of its known length. */
export class IncompleteError extends ArtifactDownloadError {
  override readonly name = 'IncompleteError';
  constructor(receivedBytes: number, expectedBytes: number) {
    super(
      `GET ended after ${receivedBytes} of ${expectedBytes} bytes: the server or a proxy cut the body. Nothing was saved; issue a new token if this one is spent.`,
    );
  }
}

/** The bytes could not be put where they belong: the sink failed to open, write, close or hand over. */
export class SaveError extends ArtifactDownloadError {
  override readonly name = 'SaveError';
  /** Where it failed. At `open` no token was spent; at `hand over` the bytes are still held. */
  readonly step: 'open' | 'write' | 'close' | 'hand over';
  constructor(step: SaveError['step'], options?: ErrorOptions) {
    super(`The file could not be saved: the sink failed to ${step}. See the cause.`, options);
    this.step = step;
  }
}

/** The app's `renewToken` gave no new token: it rejected, took too long, or gave none to use. */
export class RenewalError extends ArtifactDownloadError {
  override readonly name = 'RenewalError';
  constructor(options?: ErrorOptions) {
    super(
      'No new token came: renewToken rejected, took more than 30 s, or gave no usable new token. See the cause.',
      options,
    );
  }
}

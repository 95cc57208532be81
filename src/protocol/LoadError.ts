/**
 * The failures of a download, one class each. Every message says what failed, why, and what to do;
 * none carries the token, nor the URL that holds it: see {@link withoutToken}.
 */
export abstract class ArtifactDownloadError extends Error {
  abstract override readonly name: string;
}

/** A part of this library that is loaded on demand could not be had. */
export class LoadError extends ArtifactDownloadError {
  override readonly name = 'LoadError';
  constructor(options?: ErrorOptions) {
    super(
      'A part of this library could not be loaded: no network, or a new deployment. Nothing was spent; reload the page.',
      options,
    );
  }
}

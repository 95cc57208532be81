import { ArtifactDownloadError } from './LoadError.ts';

export { ArtifactDownloadError, LoadError } from './LoadError.ts';

/** The `endpoint` is not an absolute or resolvable http(s) URL. Thrown by nothing: shown as `failed`. */
export class EndpointError extends ArtifactDownloadError {
  override readonly name = 'EndpointError';
  constructor(options?: ErrorOptions) {
    super(
      'The endpoint is not usable: it must be, or return, an http(s) URL without a user name. Pass for example "https://example.com/api/open/v1/artifact-downloads".',
      options,
    );
  }
}

/** The browser reports that it has no network (`navigator.onLine`). Nothing was sent. */
export class OfflineError extends ArtifactDownloadError {
  override readonly name = 'OfflineError';
  constructor(options?: ErrorOptions) {
    super(
      'Nothing was sent: the browser is offline. Connect to a network and check again.',
      options,
    );
  }
}

/** No answer came: connection refused or cut, DNS, TLS, or an answer that CORS keeps from the page. */
export class NetworkError extends ArtifactDownloadError {
  override readonly name = 'NetworkError';
  constructor(method: string, options?: ErrorOptions) {
    super(
      `${method} got no answer: the server is unreachable, the connection was cut, or CORS keeps the answer from this page. Check the endpoint and its Access-Control-Allow-Origin.`,
      options,
    );
  }
}

/** The server answered with a status that says nothing about the token (408, 429, 5xx and the like). */
export class HttpError extends ArtifactDownloadError {
  override readonly name = 'HttpError';
  /** The status code of the answer. */
  readonly status: number;
  /** When the server asked to be asked again (`Retry-After`), in epoch milliseconds, or `null`. */
  readonly retryAt: number | null;
  constructor(method: string, status: number, retryAt: number | null = null) {
    super(
      `${method} was answered ${status}: the server can't serve the download now, which says nothing about the token. Look for the cause in the server's log.`,
    );
    this.status = status;
    this.retryAt = retryAt;
  }
}

/** The server answered with something the contract does not know: 204, 206, 304, a web page. */
export class ProtocolError extends ArtifactDownloadError {
  override readonly name = 'ProtocolError';
  constructor(method: string, got: string) {
    super(
      `${method} was answered with ${got}, not with an artifact (200). Check that the endpoint is the download service and not a page, a login redirect or a cache.`,
    );
  }
}

/** No byte came for the set time. */
export class StalledError extends ArtifactDownloadError {
  override readonly name = 'StalledError';
  constructor(method: string, milliseconds: number) {
    super(
      `${method} stalled: nothing came for ${milliseconds / 1000} s. Look at the server and the network between, or raise stallTimeout.`,
    );
  }
}

/** The download ended with its outcome unknown, on a server that can't be asked with HEAD. */
export class OutcomeUnknownError extends ArtifactDownloadError {
  override readonly name = 'OutcomeUnknownError';
  constructor(options?: ErrorOptions) {
    super(
      'The download ended before it was complete, and the server does not answer HEAD, so whether the token is spent is unknown. Issue a new token.',
      options,
    );
  }
}

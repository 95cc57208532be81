import { contentTypeOf, isForeign, isOffline, verdictOf } from './answer.ts';
import { HttpError, NetworkError, OfflineError, ProtocolError } from './errors.ts';
import { isEncoded, readMetadata, type ArtifactMetadata } from './readMetadata.ts';
import { REQUEST } from './sendHead.ts';
import { withoutToken } from './withoutToken.ts';

/** The one GET's answer: the artifact's bytes, or the word that the token was already dead. */
export type OpenedArtifact =
  | {
      readonly status: 'opened';
      readonly body: ReadableStream<Uint8Array>;
      readonly metadata: ArtifactMetadata;
      /** The stream delivers decoded bytes, of which no header tells the number. */
      readonly encoded: boolean;
    }
  | { readonly status: 'dead' };

/**
 * Sends the GET that spends the token. This is the only place that can: it is called once a click,
 * and never again for the same click.
 * @throws {OfflineError | NetworkError | HttpError | ProtocolError} the token's fate is unknown.
 */
export async function openArtifact(
  url: string,
  token: string,
  signal: AbortSignal,
  inspected: ArtifactMetadata | null,
): Promise<OpenedArtifact> {
  let response: Response;
  try {
    response = await fetch(url, { ...REQUEST, signal });
  } catch (error) {
    const cause = withoutToken(error, token);
    throw isOffline() ? new OfflineError({ cause }) : new NetworkError('GET', { cause });
  }
  const { body, headers, status } = response;
  const verdict = verdictOf(status);
  if (verdict === 'ok' && !isForeign(response, inspected?.contentType)) {
    return {
      status: 'opened',
      // A 200 without a body stream is how some engines answer an empty artifact.
      body: body ?? new Blob([]).stream(),
      metadata: readMetadata(headers, token),
      encoded: isEncoded(headers),
    };
  }
  // Whatever stands in this body is not the artifact; reading on would only hold the connection.
  body?.cancel().catch(() => {});
  if (verdict === 'dead') return { status: 'dead' };
  if (verdict === 'ok' || verdict === 'foreign') {
    throw new ProtocolError(
      'GET',
      verdict === 'ok' ? `another type, ${contentTypeOf(headers)}` : `status ${status}`,
    );
  }
  throw new HttpError('GET', status);
}

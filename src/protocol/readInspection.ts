import { isForeign, isOffline, verdictOf } from './answer.ts';
import {
  EndpointError,
  HttpError,
  NetworkError,
  OfflineError,
  ProtocolError,
  StalledError,
} from './errors.ts';
import type { Inspection } from './Inspection.ts';
import { readMetadata } from './readMetadata.ts';
import { parseRetryAfter } from './retryAfter.ts';
import { HEAD_TIMEOUT, type SentHead } from './sendHead.ts';
import { warnOnce } from './warnOnce.ts';
import { withoutToken } from './withoutToken.ts';

/**
 * Waits for HEAD's answer and says what it means.
 * @throws {OfflineError | NetworkError | HttpError | StalledError} transient: ask again later.
 * @throws {ProtocolError | EndpointError} asking again won't help: the set-up is wrong.
 */
export async function readInspection(sent: SentHead, token: string): Promise<Inspection> {
  if ('unsendable' in sent)
    throw new EndpointError({ cause: withoutToken(sent.unsendable, token) });
  let response: Response;
  try {
    response = await sent.response;
  } catch (error) {
    if (sent.signal.aborted) throw new StalledError('HEAD', HEAD_TIMEOUT);
    const cause = withoutToken(error, token);
    throw isOffline() ? new OfflineError({ cause }) : new NetworkError('HEAD', { cause });
  }
  const { headers, status } = response;
  // Empty, but until it is read the engine counts the request as open, and at last as aborted.
  response.arrayBuffer().catch(() => {});
  switch (verdictOf(status)) {
    case 'ok':
      if (isForeign(response)) throw new ProtocolError('HEAD', 'a web page');
      if (process.env.NODE_ENV !== 'production') warnAboutHiddenName(response);
      return { status: 'available', metadata: readMetadata(headers, token) };
    case 'unsupported':
      return { status: 'uninspectable' };
    case 'dead':
      return { status: 'dead' };
    case 'retry': {
      const now = Date.now();
      const delay = parseRetryAfter(headers.get('Retry-After'), now);
      throw new HttpError('HEAD', status, delay === null ? null : now + delay);
    }
    case 'foreign':
      throw new ProtocolError('HEAD', `status ${status}`);
  }
}

function warnAboutHiddenName({ headers, type }: Response): void {
  if (type !== 'cors' || headers.has('Content-Disposition')) return;
  warnOnce(
    'the file name is hidden from this page: the server sends no Content-Disposition, or does not list it in Access-Control-Expose-Headers (add Content-Disposition, Content-Encoding, Retry-After).',
  );
}

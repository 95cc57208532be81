import { ProtocolError, StalledError } from '../protocol/errors.ts';
import { readInspection } from '../protocol/readInspection.ts';
import { sendHead } from '../protocol/sendHead.ts';
import { browserDownload, FRAME_TIME } from '../saving/browserDownload.ts';
import type { Ending, TransferRequest } from './transfer.ts';
import { SaveError } from './transferErrors.ts';

/** Between two questions whether the browser has spent the token, in milliseconds: at first, at most. */
const INTERVAL = 1_000;
const LONGEST_INTERVAL = 30_000;
/** How long no page comes where a server can't be asked, until that is taken for a download. */
const UNASKABLE = 5_000;

/**
 * Leaves the GET to the browser, which tells nothing of it. So the server is asked: a token that has
 * died, while no page came in its place, has been spent on a download.
 */
export async function handToBrowser(
  { url, token, metadata, stallTimeout }: TransferRequest,
  fileName: string,
  signal: AbortSignal,
): Promise<Ending> {
  const started = browserDownload(url);
  const begun = Date.now();
  let interval = INTERVAL;
  const canceled = new Promise<'canceled'>((resolve) => {
    signal.addEventListener('abort', () => resolve('canceled'));
  });
  const give = (ending: Ending): Ending => {
    setTimeout(started.remove, ending.kind === 'delivered' ? FRAME_TIME : 0);
    return ending;
  };
  for (;;) {
    const news = await Promise.race([started.refused, canceled, waitFor(interval)]);
    interval = Math.min(interval * 2, LONGEST_INTERVAL);
    if (news === 'canceled') return give({ kind: 'unknown', error: null });
    // Nothing was sent: a policy of the page forbids the frame.
    if (news === 'policy') {
      const cause = new DOMException('The policy of the page forbids frames.', 'SecurityError');
      return give({ kind: 'unspent', error: new SaveError('open', { cause }) });
    }
    if (news === 'answer') {
      return give({ kind: 'unknown', error: new ProtocolError('GET', 'a page') });
    }
    const elapsed = Date.now() - begun;
    const inspection = await readInspection(
      sendHead(() => url, token),
      token,
    ).catch(() => null);
    const isSpent =
      inspection?.status === 'dead' ||
      (inspection?.status === 'uninspectable' && elapsed >= UNASKABLE);
    // A page that was on its way in answer to a dead token is here by now.
    if (isSpent && (await Promise.race([started.refused, waitFor(INTERVAL)])) === undefined) {
      const size = metadata?.size ?? null;
      const file = { fileName, size, verified: false, delivery: 'handed-over' } as const;
      return give({ kind: 'delivered', file, held: null });
    }
    if (!isSpent && stallTimeout > 0 && elapsed > stallTimeout) {
      return give({ kind: 'unknown', error: new StalledError('GET', stallTimeout) });
    }
  }
}

function waitFor(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

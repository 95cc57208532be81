import type { ExpiredReason } from '../download/downloadState.ts';
import { downloadOf } from '../download/downloadOf.ts';
import { RenewalError } from '../download/transferErrors.ts';
import { isWellFormedToken } from '../protocol/artifactUrl.ts';
import { withoutToken } from '../protocol/withoutToken.ts';
import { expiryOf } from './expiry.ts';
import type { RenewToken, Renewing } from './useRenewal.ts';

/** How long the app may take for a new token, in milliseconds. */
const TIMEOUT = 30_000;
/** How long a click waits for its renewed token to be inspected, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Asks the app for a new token, once at a time, and puts it in the place of the old one.
 * @param goOn the user has asked for the download already: it follows once HEAD has said yes.
 */
export function renew(
  renewing: Renewing,
  renewToken: RenewToken,
  reason: ExpiredReason | 'failed',
  goOn: boolean,
): void {
  const { current, set } = renewing;
  const place = renewing.place.current;
  // The last render may be older than the last click.
  if (!place.isMounted || isRenewing(renewing)) return;
  // For a token that the app has given up.
  place.controller?.abort();
  const controller = new AbortController();
  const { signal } = controller;
  place.controller = controller;
  place.of = current.of;
  place.goOn = null;
  const end = (token: string | null, expiresAt: number | null, error: RenewalError | null) => {
    clearTimeout(timer);
    if (place.controller !== controller) return;
    place.controller = null;
    // An app that keeps its tokens itself may have passed the new one already; but not yet another.
    if (goOn && token !== null && [current.of, token].includes(place.token)) {
      place.goOn = token;
      place.goOnUntil = Date.now() + PATIENCE;
      // Somebody waits for it, wherever the button has been scrolled meanwhile.
      downloadOf(token).isUrgent = true;
    }
    set({ ...current, token: token ?? current.token, expiresAt, isPending: false, error });
  };
  const fail = (cause?: unknown) => {
    const known = withoutToken(cause, current.token ?? '');
    const options = { cause: withoutToken(known, current.of ?? '') };
    end(null, current.expiresAt, new RenewalError(options));
  };
  signal.addEventListener('abort', () => end(null, current.expiresAt, null));
  const timer = setTimeout(() => {
    fail(new Error(`Nothing came for ${TIMEOUT / 1_000} s.`));
    controller.abort();
  }, TIMEOUT);
  set({ ...current, isPending: true, error: null });
  Promise.resolve()
    .then(() => renewToken({ reason, signal }))
    .then((renewed: unknown) => {
      const { token, expiresAt } = (
        typeof renewed === 'object' && renewed !== null ? renewed : { token: renewed }
      ) as { token?: unknown; expiresAt?: Parameters<typeof expiryOf>[0] };
      if (!isWellFormedToken(token)) fail(new TypeError('It gave no usable token.'));
      else if (token === current.token) fail(new Error('It gave the same token again.'));
      else end(token, expiryOf(expiresAt), null);
    })
    .catch(fail);
}

/** Whether the token that is shown is being renewed, though no render may have shown it yet. */
export function isRenewing({ current, place }: Renewing): boolean {
  const { controller, of } = place.current;
  return controller !== null && of === current.of;
}

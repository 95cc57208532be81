import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ExpiredReason } from '../download/downloadState.ts';
import type { ArtifactDownloadError } from '../protocol/LoadError.ts';
import { expiryOf, type Expiry } from './expiry.ts';

/**
 * Gets a new token for the same artifact, and its end where that is known.
 * `reason` says what became of the old one; `signal` is aborted when nobody waits any more: the
 * button has gone, another token is being renewed in its place, or half a minute is over.
 */
export type RenewToken = (request: {
  readonly reason: ExpiredReason | 'failed';
  readonly signal: AbortSignal;
}) => Promise<string | RenewedToken>;

/** A new token with its end. */
export interface RenewedToken {
  readonly token: string;
  /** When it lapses: a `Date`, epoch milliseconds or ISO 8601. */
  readonly expiresAt?: Expiry;
}

/** What stands in the place of the token that the app passed. */
export interface Successor {
  /** The app's token, and its end. When one of them changes, the app's word counts again. */
  readonly of: string | null | undefined;
  readonly ofExpiresAt: number | null;
  readonly token: string | null | undefined;
  readonly expiresAt: number | null;
  readonly isPending: boolean;
  readonly error: ArtifactDownloadError | null;
}

/** Renewals of one button. */
export interface Renewing {
  readonly current: Successor;
  readonly set: (successor: Successor) => void;
  readonly place: RefObject<Place>;
}

/** What changes without a render. */
interface Place {
  isMounted: boolean;
  /** The app's token, as of the last commit. */
  token: string | null | undefined;
  /** Of the renewal that is under way. */
  controller: AbortController | null;
  /** The app's token that it replaces. */
  of: string | null | undefined;
  /** A renewed token whose download was asked for before; it begins once HEAD has said yes. */
  goOn: string | null;
  /** Epoch milliseconds after which nobody waits for that any more. */
  goOnUntil: number;
}

/** The token that counts now: the app's, or one that came in its place. See `renewal.ts`. */
export function useRenewal(token: string | null | undefined, expiry: Expiry): Renewing {
  const ofExpiresAt = expiryOf(expiry);
  const [successor, set] = useState<Successor | null>(null);
  const place = useRef<Place>({
    isMounted: false,
    token,
    controller: null,
    of: null,
    goOn: null,
    goOnUntil: 0,
  });
  useEffect(() => {
    const now = place.current;
    if (now.token !== token && now.goOn !== token) now.goOn = null;
    now.token = token;
  }, [token]);
  useEffect(() => {
    const now = place.current;
    now.isMounted = true;
    return () => {
      now.isMounted = false;
      now.goOn = null;
      now.controller?.abort();
    };
  }, []);
  const known = successor && successor.of === token ? successor : null;
  const current = known ?? {
    of: token,
    ofExpiresAt,
    token,
    expiresAt: ofExpiresAt,
    isPending: false,
    error: null,
  };
  return {
    current:
      current.ofExpiresAt === ofExpiresAt
        ? current
        : { ...current, ofExpiresAt, expiresAt: ofExpiresAt },
    set,
    place,
  };
}

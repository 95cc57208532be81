import { artifactUrl, type Endpoint } from './artifactUrl.ts';
import { inTurn } from './headQueue.ts';

/** What every request of ours has in common: nothing of the user, nothing stored, nothing said on. */
export const REQUEST: RequestInit = {
  credentials: 'omit',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
  redirect: 'follow',
};

/** How long a HEAD may take, in milliseconds. It costs nothing to ask again. */
export const HEAD_TIMEOUT = 30_000;

/** A HEAD on its way, or what kept it from being sent. */
export type SentHead =
  | { readonly response: Promise<Response>; readonly signal: AbortSignal }
  | { readonly unsendable: unknown };

/** Sends HEAD, and leaves reading the answer to `readInspection`, which is loaded meanwhile. */
export function sendHead(endpoint: Endpoint, token: string): SentHead {
  let url: string;
  try {
    url = artifactUrl(endpoint, token);
  } catch (unsendable) {
    return { unsendable };
  }
  const controller = new AbortController();
  const { signal } = controller;
  const response = inTurn(async () => {
    const timer = setTimeout(() => controller.abort(), HEAD_TIMEOUT);
    try {
      return await fetch(url, { ...REQUEST, method: 'HEAD', signal });
    } finally {
      clearTimeout(timer);
    }
  });
  response.catch(() => {});
  return { response, signal };
}

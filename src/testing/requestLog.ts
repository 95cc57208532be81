/**
 * One request that the service answered.
 *
 * `outcome` is `answered` where no artifact was streamed (HEAD, errors); a streamed artifact goes
 * from `sending` to `sent`, once its last byte was handed to the transport, or to `aborted`, when the
 * client left or the body failed. What got no answer at all has the status 0, and is `aborted`.
 */
export interface ArtifactRequest {
  /** Counts up from 1 in the order of arrival, over all tokens of a service. */
  readonly id: number;
  /** `HEAD`, `GET`, or whatever else was tried. */
  readonly method: string;
  /** The HTTP status answered; 0 where no answer came. */
  readonly status: number;
  /** Arrival, in milliseconds, by the service's clock. */
  readonly at: number;
  /** Bytes of the artifact handed to the transport so far; 0 for HEAD and for errors. */
  readonly sentBytes: number;
  readonly outcome: 'answered' | 'sending' | 'sent' | 'aborted';
}

/** What happened to the requests of all tokens, oldest first. */
export interface RequestLog {
  /** Adds a request and returns a function that amends its entry. */
  add(
    token: string,
    request: Omit<ArtifactRequest, 'id' | 'sentBytes'>,
  ): (change: Partial<Pick<ArtifactRequest, 'sentBytes' | 'outcome'>>) => void;
  /** One token's requests, or all. The same array until something changes. */
  list(token?: string): readonly ArtifactRequest[];
}

/** @param onChange - called after an entry is added or amended. */
export function createRequestLog(onChange: () => void): RequestLog {
  const entries: { readonly token: string; request: ArtifactRequest }[] = [];
  // A stable array between changes is what React's `useSyncExternalStore` needs.
  const lists = new Map<string | undefined, readonly ArtifactRequest[]>();

  const changed = (): void => {
    lists.clear();
    onChange();
  };

  return {
    add(token, request) {
      const entry = { token, request: { ...request, id: entries.length + 1, sentBytes: 0 } };
      entries.push(entry);
      changed();
      return (change) => {
        entry.request = { ...entry.request, ...change };
        changed();
      };
    },

    list(token) {
      let list = lists.get(token);
      if (list === undefined) {
        list = entries
          .filter((entry) => token === undefined || entry.token === token)
          .map((entry) => entry.request);
        lists.set(token, list);
      }
      return list;
    },
  };
}

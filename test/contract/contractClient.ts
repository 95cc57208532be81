import { createHash } from 'node:crypto';
import { createArtifactService, type ArtifactService } from '../../src/testing/index.ts';

/** Something that answers over HTTP, or as if, for the tokens of a service. */
export interface ContractTarget {
  /** A token's absolute URL. */
  url(token: string): string;
  close(): Promise<void> | void;
}

/** Starts a target that answers for `service`. */
export type CreateTarget = (service: ArtifactService) => Promise<ContractTarget> | ContractTarget;

/** Small enough to be compared at once. */
export const PDF = { fileName: 'drawings.pdf', contentType: 'application/pdf', size: 200_000 };

/** Long enough that no buffer on the way swallows it whole. */
export const LONG = {
  fileName: 'model.ifc',
  contentType: 'application/octet-stream',
  size: 64 * 2 ** 20,
};

/** A client of one target at a time, whose service has a clock that only the test moves. */
export class ContractClient {
  time = 0;
  service: ArtifactService = createArtifactService();
  #target: ContractTarget | undefined;

  /** Begins anew: another service, another target. */
  async open(createTarget: CreateTarget): Promise<void> {
    this.time = 1_000_000;
    this.service = createArtifactService({ now: () => this.time });
    this.#target = await createTarget(this.service);
  }

  async close(): Promise<void> {
    await this.#target?.close();
  }

  url(token: string): string {
    if (this.#target === undefined) throw new Error('The target is not open yet.');
    return this.#target.url(token);
  }

  head(token: string): Promise<Response> {
    return fetch(this.url(token), { method: 'HEAD' });
  }

  get(token: string, signal: AbortSignal | null = null): Promise<Response> {
    return fetch(this.url(token), { signal });
  }

  async headStatus(token: string): Promise<number> {
    return (await this.head(token)).status;
  }

  /** Leaves the body unread. */
  async getStatus(token: string): Promise<number> {
    const { status, body } = await this.get(token);
    await body?.cancel();
    return status;
  }

  /** Such as `['HEAD 200', 'GET 200']`. */
  log(token: string): string[] {
    return this.service.requests(token).map(({ method, status }) => `${method} ${status}`);
  }
}

/** Reads a body to its end. */
export async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

/** What two equal files have in common, short enough for a failed test's message. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

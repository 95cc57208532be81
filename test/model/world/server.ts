import type { Lengths, TokenState } from './config.ts';
import type { Tab } from './Tab.ts';
import type { World } from './World.ts';

/** One token's artifact, and how its token stands. */
export interface Artifact {
  readonly index: number;
  readonly token: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lengths: Lengths;
  state: TokenState;
}

/** How a GET ended, as far as the server and the wire can tell. */
export type Ending = 'complete' | 'short' | 'broken' | 'dead' | 'failed' | 'lost' | 'aborted';

/** A request as it left a tab. */
export interface SentRequest {
  readonly sentAt: number;
  readonly method: 'HEAD' | 'GET';
  readonly tab: Tab;
  readonly artifact: Artifact;
  readonly signal: AbortSignal | null;
  /** What the server would have said at once: an answer can be older than it looks. */
  readonly wasAlive: boolean;
  stage: 'waiting' | 'streaming' | 'ended';
  answer: { readonly status: number; readonly at: number } | null;
  ending: Ending | null;
  endedAt: number | null;
  /** Bytes of the artifact that have left. */
  sent: number;
  /** A file was kept of it. */
  saved: boolean;
  readonly resolve: (response: unknown) => void;
  readonly reject: (reason: unknown) => void;
  body: ReadableStreamDefaultController<Uint8Array> | null;
}

/** How a HEAD is answered. `early`: with what was true when it was sent. */
export type HeadReply =
  'honest' | 'early' | 'busy' | 'busy for 5 s' | 'unsupported' | 'page' | 'no content' | 'lost';
export const HEAD_REPLIES: readonly HeadReply[] = [
  'honest',
  'early',
  'busy',
  'busy for 5 s',
  'unsupported',
  'page',
  'no content',
  'lost',
];

/** How a GET is answered. Whatever is not `artifact` may spend the token all the same. */
export type GetReply =
  | 'artifact'
  | 'page'
  | 'other type'
  | 'partial'
  | 'no content'
  | 'gone'
  | 'busy'
  | 'unsupported'
  | 'lost';
export const GET_REPLIES: readonly GetReply[] = [
  'artifact',
  'page',
  'other type',
  'partial',
  'no content',
  'gone',
  'busy',
  'unsupported',
  'lost',
];

const STATUS: Record<Exclude<GetReply, 'artifact' | 'lost'>, number> = {
  page: 200,
  'other type': 200,
  partial: 206,
  'no content': 204,
  gone: 410,
  busy: 503,
  unsupported: 405,
};

/** The one server of all tabs. It answers nothing by itself: commands do. */
export class ScriptedServer {
  readonly artifacts: Artifact[] = [];
  readonly requests: SentRequest[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** HEADs without an answer, the oldest first. */
  get heads(): SentRequest[] {
    return this.requests.filter((r) => r.method === 'HEAD' && r.stage === 'waiting');
  }

  /** GETs without headers. */
  get gets(): SentRequest[] {
    return this.requests.filter((r) => r.method === 'GET' && r.stage === 'waiting');
  }

  /** Bodies under way. */
  get bodies(): SentRequest[] {
    return this.requests.filter((r) => r.stage === 'streaming');
  }

  getsOf(artifact: Artifact, tab?: Tab): SentRequest[] {
    return this.requests.filter(
      (r) => r.method === 'GET' && r.artifact === artifact && (!tab || r.tab === tab),
    );
  }

  headsOf(artifact: Artifact, tab: Tab): SentRequest[] {
    return this.requests.filter(
      (r) => r.method === 'HEAD' && r.artifact === artifact && r.tab === tab,
    );
  }

  /** What `fetch` does in a tab. */
  send(tab: Tab, input: string, init: RequestInit = {}): Promise<unknown> {
    const world = this.#world;
    const method = init.method === 'HEAD' ? 'HEAD' : 'GET';
    const artifact = this.artifacts.find(({ token }) =>
      input.endsWith(`/api/open/v1/artifact-downloads/${encodeURIComponent(token)}`),
    );
    const { Promise: TabPromise } = tab.realm;
    return new TabPromise((resolve, reject) => {
      if (!artifact) {
        world.violate('T3 a request went elsewhere');
        return reject(new tab.realm.TypeError('Failed to fetch'));
      }
      const signal = init.signal ?? null;
      const request: SentRequest = {
        sentAt: world.tick(),
        method,
        tab,
        artifact,
        signal,
        wasAlive: artifact.state === 'fresh',
        stage: 'waiting',
        answer: null,
        ending: null,
        endedAt: null,
        sent: 0,
        saved: false,
        resolve,
        reject,
        body: null,
      };
      this.requests.push(request);
      world.onRequest(request, init);
      if (signal?.aborted) this.#abort(request);
      else signal?.addEventListener('abort', () => this.#abort(request));
    });
  }

  /** Whether the page can know how long the artifact of a GET is. */
  hasToldLength({ artifact, tab }: SentRequest): boolean {
    const { lengths } = artifact;
    if (lengths !== 'head') return lengths === 'both' || lengths === 'get';
    return this.headsOf(artifact, tab).some(({ answer }) => answer?.status === 200);
  }

  answerHead(request: SentRequest, reply: HeadReply): void {
    const { artifact } = request;
    const isAlive = reply === 'early' ? request.wasAlive : artifact.state === 'fresh';
    switch (reply) {
      case 'honest':
      case 'early':
        if (isAlive) return this.#reply(request, 200, this.#headersOf(artifact, 'head'));
        return this.#reply(request, 410);
      case 'busy':
        return this.#reply(request, 503);
      case 'busy for 5 s':
        return this.#reply(request, 429, { 'Retry-After': '5' });
      case 'unsupported':
        return this.#reply(request, 405);
      case 'page':
        return this.#reply(request, 200, { 'Content-Type': 'text/html' });
      case 'no content':
        return this.#reply(request, 204);
      case 'lost':
        return this.lose(request);
    }
  }

  /** @param spends whether the token is gone by it, where that is not the answer's own doing. */
  answerGet(request: SentRequest, reply: GetReply, spends: boolean): void {
    const { artifact } = request;
    if (reply === 'artifact' && artifact.state !== 'fresh')
      return this.answerGet(request, 'gone', false);
    if (reply === 'artifact') {
      artifact.state = 'consumed';
      const body = this.#openBody(request);
      return this.#reply(request, 200, this.#headersOf(artifact, 'get'), body);
    }
    // Where HEAD told no type, nobody could tell that this one is another.
    const wasTold = this.headsOf(artifact, request.tab).some((head) => head.answer?.status === 200);
    if (reply === 'other type' && !wasTold) return this.answerGet(request, 'page', spends);
    if (spends && artifact.state === 'fresh') artifact.state = 'consumed';
    if (reply === 'gone' && artifact.state === 'fresh') artifact.state = 'expired';
    if (reply === 'lost') return this.lose(request);
    const type = reply === 'page' ? 'text/html' : 'application/json';
    const hasBody = !['no content', 'gone', 'busy', 'unsupported'].includes(reply);
    const text = new TextEncoder().encode(`{"error":"${artifact.token}"}`);
    this.#reply(
      request,
      STATUS[reply],
      reply === 'partial'
        ? this.#headersOf(artifact, 'get')
        : hasBody
          ? { 'Content-Type': type }
          : {},
      hasBody ? streamOf(reply === 'partial' ? artifact.bytes.slice(0, 4) : text) : null,
    );
    this.#end(request, reply === 'gone' ? 'dead' : 'failed');
  }

  /** The connection dies before any header, and the engine's words quote the URL. */
  lose(request: SentRequest): void {
    request.stage = 'ended';
    this.#end(request, 'lost');
    const { TypeError: TabTypeError, Error: TabError } = request.tab.realm;
    const url = `/api/open/v1/artifact-downloads/${encodeURIComponent(request.artifact.token)}`;
    const cause = new TabError(`net::ERR_CONNECTION_RESET ${request.artifact.token}`);
    request.reject(new TabTypeError(`Failed to fetch ${url}`, { cause }));
  }

  /** So many bytes more; the last one does not end the body. */
  sendBytes(request: SentRequest, count: number): void {
    const { bytes } = request.artifact;
    const chunk = bytes.slice(request.sent, request.sent + count);
    request.sent += chunk.length;
    if (chunk.length) request.body?.enqueue(chunk);
  }

  /** The body ends without an error, whether or not all of it was sent. */
  endBody(request: SentRequest): void {
    // An empty file could be anybody's, and nobody could tell that it is wrong.
    if (request.sent === 0 && !this.hasToldLength(request)) this.sendBytes(request, 1);
    this.#end(request, request.sent === request.artifact.bytes.length ? 'complete' : 'short');
    request.body?.close();
  }

  /** The connection dies in the middle. */
  breakBody(request: SentRequest): void {
    this.#end(request, 'broken');
    const { TypeError: TabTypeError } = request.tab.realm;
    request.body?.error(new TabTypeError(`network error: ${request.artifact.token}`));
  }

  /** A closed tab's connections are gone; the server may have spent the token or not. */
  drop(tab: Tab): void {
    for (const request of this.requests) {
      if (request.tab === tab && request.stage !== 'ended') this.#end(request, 'aborted');
    }
  }

  #reply(
    request: SentRequest,
    status: number,
    headers: Record<string, string> = {},
    body: ReadableStream<Uint8Array> | null = null,
  ): void {
    request.answer = { status, at: this.#world.tick() };
    request.stage = request.body ? 'streaming' : 'ended';
    request.resolve({
      status,
      ok: status >= 200 && status < 300,
      headers: new Headers(headers),
      body,
      redirected: false,
      type: 'basic',
      arrayBuffer: async () => new ArrayBuffer(0),
    });
  }

  #openBody(request: SentRequest): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start: (controller) => void (request.body = controller),
      cancel: () => this.#end(request, 'aborted'),
    });
  }

  #abort(request: SentRequest): void {
    const reason = request.signal?.reason as unknown;
    const { stage } = request;
    if (stage === 'ended') {
      // All bytes were in, but nothing was kept of them yet.
      const isIn = request.ending === 'complete' || request.ending === 'short';
      if (isIn && !request.saved) this.#end(request, 'aborted');
      return;
    }
    this.#end(request, 'aborted');
    if (stage === 'waiting') request.reject(reason);
    else request.body?.error(reason);
  }

  #end(request: SentRequest, ending: Ending): void {
    request.stage = 'ended';
    request.ending = ending;
    request.endedAt = this.#world.tick();
  }

  #headersOf({ bytes, lengths }: Artifact, method: 'head' | 'get'): Record<string, string> {
    const isTold = lengths === 'both' || lengths === 'encoded' || lengths === method;
    const length = lengths === 'encoded' ? 7 : bytes.length;
    return {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="plan.pdf"',
      ...(isTold ? { 'Content-Length': String(length) } : {}),
      ...(lengths === 'encoded' ? { 'Content-Encoding': 'gzip' } : {}),
    };
  }
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** Lets something outside the page happen: at once, or when a command says so. */
export type Later = (what: string, happen: () => void) => void;

/** Takes the place of `Blob`, and of the disk behind it: reading takes as long as `later` wants. */
export function createBlobClass(later: Later) {
  return class ModelBlob {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly type: string;
    constructor(parts: readonly unknown[] = [], options: { type?: string } = {}) {
      this.bytes = concat(parts.map(bytesOf));
      this.type = options.type ?? '';
    }
    get size(): number {
      return this.bytes.length;
    }
    slice(start?: number, end?: number, type?: string): ModelBlob {
      return new ModelBlob([this.bytes.slice(start, end)], type === undefined ? {} : { type });
    }
    arrayBuffer(): Promise<ArrayBuffer> {
      return new Promise((resolve) => later('disk', () => resolve(this.bytes.slice().buffer)));
    }
    stream(): ReadableStream<Uint8Array> {
      const { bytes } = this;
      return new ReadableStream({
        start(controller) {
          if (bytes.length) controller.enqueue(bytes);
          controller.close();
        },
      });
    }
  };
}

export type ModelBlob = InstanceType<ReturnType<typeof createBlobClass>>;

/** The part of `Response` that collects a stream in a blob. */
export function createResponseClass(BlobClass: ReturnType<typeof createBlobClass>) {
  return class ModelResponse {
    readonly #body: ReadableStream<Uint8Array>;
    readonly #type: string;
    constructor(body: ReadableStream<Uint8Array>, init: { headers?: HeadersInit } = {}) {
      this.#body = body;
      this.#type = new Headers(init.headers).get('Content-Type') ?? '';
    }
    async blob(): Promise<ModelBlob> {
      const chunks: Uint8Array[] = [];
      for await (const chunk of this.#body) chunks.push(chunk);
      return new BlobClass(chunks, { type: this.#type });
    }
  };
}

function bytesOf(part: unknown): Uint8Array {
  if (typeof part === 'string') return new TextEncoder().encode(part);
  return part as Uint8Array;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

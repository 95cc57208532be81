// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createArtifactService, type ArtifactService } from '../../src/testing/index.ts';

const PDF = { fileName: 'drawings.pdf', contentType: 'application/pdf', size: 200_000 };

const get = (service: ArtifactService, token: string) => service.respond({ method: 'GET', token });

afterEach(() => void vi.useRealTimers());

describe('respond', () => {
  it('consumes on GET before anything is read', () => {
    const service = createArtifactService();
    const token = service.issue(PDF);
    expect(get(service, token).status).toBe(200);
    expect(service.status(token)).toBe('consumed');
    expect(get(service, token).status).toBe(410);
  });

  it('opens the body only when it is read', async () => {
    const service = createArtifactService();
    const open = vi.fn(() => new Blob(['1234']).stream());
    const token = service.issue({ ...PDF, size: 4, body: open });
    service.respond({ method: 'HEAD', token });
    const { body } = get(service, token);
    expect(open).not.toHaveBeenCalled();
    expect(await new Response(body).text()).toBe('1234');
    expect(open).toHaveBeenCalledOnce();
  });

  it('cuts a body that is longer than promised, and stops its source', async () => {
    const service = createArtifactService();
    const cancel = vi.fn();
    const body = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new TextEncoder().encode('12345')),
        cancel,
      });
    const token = service.issue({ ...PDF, size: 7, body });
    expect(await new Response(get(service, token).body).text()).toBe('1234512');
    expect(service.requests(token)[0]).toMatchObject({ outcome: 'sent', sentBytes: 7 });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('fails a body that is shorter than promised, and says so', async () => {
    const service = createArtifactService();
    const token = service.issue({ ...PDF, size: 7, body: () => new Blob(['123']).stream() });
    await expect(new Response(get(service, token).body).text()).rejects.toThrow(
      /ended after 3 of 7 bytes.*Issue it with/s,
    );
    expect(service.requests(token)[0]).toMatchObject({ outcome: 'aborted', sentBytes: 3 });
  });

  it('tells the body when its reader cancels, even between two chunks', async () => {
    const service = createArtifactService();
    const signals: AbortSignal[] = [];
    const body = ({ signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      return new ReadableStream<Uint8Array>();
    };
    const token = service.issue({ ...PDF, body });
    const reader = get(service, token).body?.getReader();
    const waiting = reader?.read();
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    await reader?.cancel('enough');
    expect((await waiting)?.done).toBe(true);
    expect(signals[0]?.reason).toBe('enough');
    expect(service.requests(token)[0]).toMatchObject({ outcome: 'aborted', sentBytes: 0 });
  });

  it.each(['before', 'after'])('stops when the client leaves %s the first byte', async (when) => {
    const service = createArtifactService();
    const token = service.issue(PDF);
    const client = new AbortController();
    const { body } = service.respond({ method: 'GET', token, signal: client.signal });
    const reader = body?.getReader();
    if (when === 'after') await reader?.read();
    client.abort(new Error('gone'));
    await expect(reader?.read()).rejects.toThrow('gone');
    expect(service.requests(token)[0]).toMatchObject({
      outcome: 'aborted',
      sentBytes: when === 'after' ? 65_536 : 0,
    });
  });

  it('a client that leaves after the last byte changes nothing', async () => {
    const service = createArtifactService();
    const token = service.issue(PDF);
    const client = new AbortController();
    const { body } = service.respond({ method: 'GET', token, signal: client.signal });
    await new Response(body).arrayBuffer();
    client.abort();
    expect(service.requests(token)[0]?.outcome).toBe('sent');
  });

  it('hands out copies: a reader that transfers a chunk spoils no other', async () => {
    const service = createArtifactService();
    // Longer than what is sent at a time, so that one chunk of the source becomes two.
    const body = () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new Uint8Array(100_000).fill(7));
          controller.close();
        },
      });
    const token = service.issue({ ...PDF, size: 100_000, body });
    let sum = 0;
    for await (const chunk of get(service, token).body ?? []) {
      sum += structuredClone(chunk, { transfer: [chunk.buffer] }).reduce((a, b) => a + b, 0);
    }
    expect(sum).toBe(700_000);
  });

  it('is throttled by the clock, and a reader that pauses is owed no burst', async () => {
    vi.useFakeTimers();
    const service = createArtifactService();
    const token = service.issue({ ...PDF, size: 1_000 });
    const { body } = service.respond({ method: 'GET', token, bytesPerSecond: 1_000 });
    const reader = body?.getReader();
    const read = async (): Promise<number> => {
      const start = performance.now();
      const result = reader?.read();
      await vi.advanceTimersToNextTimerAsync();
      expect((await result)?.value?.length).toBe(50);
      return performance.now() - start;
    };
    expect(await read()).toBe(0);
    expect(await read()).toBe(50);
    expect(await read()).toBe(50);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await read()).toBe(0);
    expect(await read()).toBe(50);
    await reader?.cancel();
  });
});

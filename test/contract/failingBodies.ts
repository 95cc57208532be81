import { describe, expect, it } from 'vitest';
import { bytesOf, PDF, type ContractClient } from './contractClient.ts';

/** Bodies that break off, stall or crawl, each by the story of its own token. */
export function describeFailingBodies(client: ContractClient): void {
  describe('bodies that do not arrive at once', () => {
    it.each([1, 1_000, 65_536, 199_999])(
      'a body that breaks off after %i bytes delivers them, and the token is spent',
      async (breakAt) => {
        const token = client.service.issue({ ...PDF, faults: { get: { breakAt } } });
        const response = await client.get(token);
        expect(response.headers.get('Content-Length')).toBe('200000');
        const { received, error } = await drain(response);
        expect(received).toBe(breakAt);
        expect(error).toBeInstanceOf(Error);
        await expect
          .poll(() => client.service.requests(token)[0])
          .toMatchObject({ status: 200, outcome: 'aborted', sentBytes: breakAt });
        expect(await client.headStatus(token)).toBe(410);
      },
    );

    it('a body that breaks off before its first byte never passes for a whole one', async () => {
      const token = client.service.issue({ ...PDF, faults: { get: { breakAt: 0 } } });
      await expect(client.get(token).then(bytesOf)).rejects.toThrow();
      expect(client.service.status(token)).toBe('consumed');
    });

    it('a body that stalls stays open until it is canceled', async () => {
      const token = client.service.issue({ ...PDF, faults: { get: { stallAt: 70_000 } } });
      const abort = new AbortController();
      const reader = (await client.get(token, abort.signal)).body?.getReader();
      let received = 0;
      while (received < 70_000) received += (await reader?.read())?.value?.length ?? 0;
      const more = reader?.read();
      const isQuiet = new Promise((resolve) => setTimeout(resolve, 100, 'quiet'));
      expect(await Promise.race([more, isQuiet])).toBe('quiet');
      expect(received).toBe(70_000);
      const [request] = client.service.requests(token);
      expect(request).toMatchObject({ outcome: 'sending', sentBytes: 70_000 });
      abort.abort();
      await expect(more).rejects.toThrow();
      await expect.poll(() => client.service.requests(token)[0]?.outcome).toBe('aborted');
      expect(await client.headStatus(token)).toBe(410);
    });

    it('the line of one token slows no other', async () => {
      const slow = client.service.issue({ ...PDF, latency: 60_000, bytesPerSecond: 1 });
      const abort = new AbortController();
      const waiting = client.get(slow, abort.signal);
      expect(await bytesOf(await client.get(client.service.issue(PDF)))).toHaveLength(PDF.size);
      abort.abort();
      await expect(waiting).rejects.toThrow();
    });

    it('a body that crawls takes up the new speed at once', async () => {
      const token = client.service.issue({ ...PDF, bytesPerSecond: 0.001 });
      const response = client.get(token);
      await expect.poll(() => client.log(token)).toEqual(['GET 200']);
      client.service.setLine(token, { bytesPerSecond: Infinity });
      expect(await bytesOf(await response)).toHaveLength(PDF.size);
    });
  });
}

/** Reads until the end or the error, whichever comes. */
async function drain({ body }: Response): Promise<{ received: number; error: unknown }> {
  let received = 0;
  try {
    for await (const chunk of body ?? []) received += chunk.length;
    return { received, error: null };
  } catch (error) {
    return { received, error };
  }
}

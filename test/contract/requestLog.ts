import { describe, expect, it } from 'vitest';
import { LONG, PDF, type ContractClient } from './contractClient.ts';

/** What the service knows afterwards. */
export function describeRequestLog(client: ContractClient): void {
  describe('the log of requests', () => {
    it('keeps order, status, time and outcome, in one count over all tokens', async () => {
      const [token, other] = [client.service.issue(PDF), client.service.issue(PDF)];
      await client.headStatus(token);
      client.time += 5;
      await client.headStatus(other);
      client.time += 5;
      await (await client.get(token)).arrayBuffer();
      await client.getStatus(token);
      const answered = { outcome: 'answered', sentBytes: 0 };
      expect(client.service.requests(token)).toEqual([
        { id: 1, method: 'HEAD', status: 200, at: 1_000_000, ...answered },
        { id: 3, method: 'GET', status: 200, at: 1_000_010, outcome: 'sent', sentBytes: 200_000 },
        { id: 4, method: 'GET', status: 410, at: 1_000_010, ...answered },
      ]);
      expect(client.service.requests().map((request) => request.id)).toEqual([1, 2, 3, 4]);
    });

    it.each(['cancels the body', 'aborts the request'])(
      'a client that %s mid-way: aborted, generated no further, still consumed',
      async (how) => {
        const token = client.service.issue(LONG);
        const abort = new AbortController();
        const response = await client.get(token, abort.signal);
        const reader = response.body?.getReader();
        expect((await reader?.read())?.done).toBe(false);
        expect(client.service.requests(token)[0]?.outcome).toBe('sending');

        if (how === 'cancels the body') await reader?.cancel();
        else abort.abort();
        await expect.poll(() => client.service.requests(token)[0]?.outcome).toBe('aborted');

        const sentBytes = client.service.requests(token)[0]?.sentBytes;
        expect(sentBytes).toBeGreaterThan(0);
        expect(sentBytes).toBeLessThan(LONG.size);
        expect(await client.headStatus(token)).toBe(410);
        expect(await client.getStatus(token)).toBe(410);
        expect(client.service.requests(token)[0]).toMatchObject({
          outcome: 'aborted',
          sentBytes,
        });
      },
    );

    it('a body that fails is aborted, and the client is not told it is complete', async () => {
      const token = client.service.issue({
        ...LONG,
        body: () =>
          new ReadableStream({
            pull(controller) {
              controller.enqueue(new Uint8Array(1_000));
              controller.close();
            },
          }),
      });
      await expect(client.get(token).then((response) => response.arrayBuffer())).rejects.toThrow();
      await expect.poll(() => client.service.requests(token)[0]?.outcome).toBe('aborted');
      expect(await client.headStatus(token)).toBe(410);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { bytesOf, LONG, PDF, type ContractClient } from './contractClient.ts';

/** What a token gets that is expired, consumed or unknown, and what other methods get. */
export function describeDeadTokens(client: ContractClient): void {
  describe('a dead token', () => {
    it('is valid until its time, and not a millisecond longer', async () => {
      const token = client.service.issue({ ...PDF, expiresIn: 60_000 });
      client.time += 59_999;
      expect(await client.headStatus(token)).toBe(200);
      client.time += 1;
      expect(await client.headStatus(token)).toBe(410);
      expect(await client.getStatus(token)).toBe(410);
      expect(client.service.status(token)).toBe('expired');
    });

    it('expires while a download of it goes on: the download goes on', async () => {
      const token = client.service.issue({ ...LONG, expiresIn: 1 });
      const response = await client.get(token);
      client.time += 1;
      expect(await bytesOf(response)).toHaveLength(LONG.size);
    });

    it('is 4xx when nobody issued it', async () => {
      expect(await client.headStatus('nobody-issued-this')).toBe(404);
      expect(await client.getStatus('nobody-issued-this')).toBe(404);
      expect(client.log('nobody-issued-this')).toEqual(['HEAD 404', 'GET 404']);
    });

    it('invalid, expired and consumed are not told apart by the body, which has no token', async () => {
      const canary = 'CANARY-7f3a';
      const [expired, consumed] = [`${canary}-expired`, `${canary}-consumed`];
      client.service.expire(client.service.issue({ ...PDF, token: expired }));
      client.service.consume(client.service.issue({ ...PDF, token: consumed }));
      const titles: string[] = [];
      for (const token of [expired, consumed, `${canary}-unknown`]) {
        const response = await client.get(token);
        expect(response.headers.get('Content-Type')).toBe('application/problem+json');
        expect(response.headers.get('Cache-Control')).toBe('no-store');
        const text = await response.text();
        expect(text + JSON.stringify([...response.headers])).not.toContain(canary);
        expect(response.headers.get('Content-Length')).toBe(String(text.length));
        titles.push((JSON.parse(text) as { title: string }).title);
      }
      expect(new Set(titles).size).toBe(1);
      expect(await bytesOf(await client.head(expired))).toHaveLength(0);
    });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s is not allowed, and consumes nothing',
    async (method) => {
      const token = client.service.issue(PDF);
      const response = await fetch(client.url(token), { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('Allow')).toBe('GET, HEAD');
      expect(await response.text()).not.toContain(token);
      expect(client.service.status(token)).toBe('fresh');
      expect(client.log(token)).toEqual([`${method} 405`]);
    },
  );
}

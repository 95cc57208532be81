import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/testing/index.ts';
import { bytesOf, PDF, type ContractClient } from './contractClient.ts';

/** What goes wrong goes wrong in the same way, whatever carries it. */
export function describeFaults(client: ContractClient): void {
  describe('faults', () => {
    it.each([204, 205, 206, 304, 400, 403, 404, 405, 408, 410, 429, 451, 500, 501, 503, 599])(
      'status %i answers both methods, and leaves the token alive',
      async (status) => {
        const token = client.service.issue({
          ...PDF,
          faults: { head: { status }, get: { status } },
        });
        expect(await client.headStatus(token)).toBe(status);
        expect(await client.getStatus(token)).toBe(status);
        expect(client.service.status(token)).toBe('fresh');
        expect(client.log(token)).toEqual([`HEAD ${status}`, `GET ${status}`]);
        client.service.setFaults(token, null);
        expect(await client.getStatus(token)).toBe(200);
      },
    );

    it('tells when to come back, in seconds or in words', async () => {
      const date = 'Wed, 21 Oct 2037 07:28:00 GMT';
      const token = client.service.issue({
        ...PDF,
        faults: {
          head: [
            { status: 503, retryAfter: 30 },
            { status: 429, retryAfter: date },
          ],
        },
      });
      expect((await client.head(token)).headers.get('Retry-After')).toBe('30');
      expect((await client.head(token)).headers.get('Retry-After')).toBe(date);
      expect((await client.head(token)).headers.get('Retry-After')).toBeNull();
    });

    it('a refused method names the other one, and no answer names the token', async () => {
      const token = client.service.issue({ ...PDF, faults: { head: { status: 405 } } });
      expect((await client.head(token)).headers.get('Allow')).toBe('GET');
      client.service.setFaults(token, { get: { status: 405 } });
      const response = await client.get(token);
      expect(response.headers.get('Allow')).toBe('HEAD');
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ status: 405 });
      expect(text).not.toContain(token);
    });

    it('a web page comes as it was written, and its HEAD without it', async () => {
      const page = { status: 200, body: '<h1>Zurück</h1>', contentType: 'text/html' };
      const token = client.service.issue({ ...PDF, faults: { head: page, get: page } });
      const [head, get] = [await client.head(token), await client.get(token)];
      for (const { headers } of [head, get]) {
        expect(headers.get('Content-Type')).toBe('text/html');
        expect(headers.get('Content-Length')).toBe('16');
        expect(headers.get('Content-Disposition')).toBeNull();
      }
      expect(await head.text()).toBe('');
      expect(await get.text()).toBe(page.body);
      expect(client.service.status(token)).toBe('fresh');
    });

    it('a network error is no answer, is logged as 0, and spends nothing', async () => {
      const network: Fault = { network: 'error' };
      const token = client.service.issue({ ...PDF, faults: { head: network, get: network } });
      await expect(client.head(token)).rejects.toThrow(TypeError);
      await expect(client.get(token)).rejects.toThrow(TypeError);
      expect(new Set(client.log(token))).toEqual(new Set(['HEAD 0', 'GET 0']));
      expect(client.service.requests(token)[0]?.outcome).toBe('aborted');
      client.service.setFaults(token, null);
      expect(await client.getStatus(token)).toBe(200);
    });

    it('silence lasts until the client gives up, and spends nothing', async () => {
      const token = client.service.issue({ ...PDF, faults: { get: { network: 'silence' } } });
      const abort = new AbortController();
      const response = client.get(token, abort.signal);
      await expect.poll(() => client.log(token)).toEqual(['GET 0']);
      expect(await Promise.race([response, client.headStatus(token)])).toBe(200);
      abort.abort();
      await expect(response).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
      expect(client.service.status(token)).toBe('fresh');
    });

    it('headers are set and taken away, and the bytes are the same', async () => {
      const headers = {
        'Content-Length': null,
        'Content-Disposition': null,
        'Content-Encoding': 'compress',
        'X-Seen': 'yes',
      };
      const fault = { headers };
      const token = client.service.issue({ ...PDF, faults: { head: fault, get: fault } });
      const [head, get] = [await client.head(token), await client.get(token)];
      for (const response of [head, get]) {
        expect(response.headers.get('Content-Length')).toBeNull();
        expect(response.headers.get('Content-Disposition')).toBeNull();
        expect(response.headers.get('Content-Encoding')).toBe('compress');
        expect(response.headers.get('X-Seen')).toBe('yes');
        expect(response.headers.get('Content-Type')).toBe('application/pdf');
      }
      expect(await bytesOf(get)).toHaveLength(PDF.size);
      expect((await client.get(token)).headers.get('X-Seen')).toBeNull();
    });

    it('a list is used up one a request, each method by itself; then all is well', async () => {
      const token = client.service.issue({
        ...PDF,
        faults: {
          head: [{ status: 503 }, null, { status: 500 }],
          get: [{ status: 502 }, { status: 504 }],
        },
      });
      const answers: number[] = [];
      for (let round = 0; round < 4; round += 1) {
        answers.push(await client.headStatus(token));
        if (round < 2) answers.push(await client.getStatus(token));
      }
      expect(answers).toEqual([503, 502, 200, 504, 500, 200]);
      expect(await client.getStatus(token)).toBe(200);
      expect(await client.getStatus(token)).toBe(410);
    });

    it('two tokens never disturb each other, nor other methods, nor unknown tokens', async () => {
      const shared = { get: [{ status: 503 }] };
      const [first, second] = [1, 2].map(() => client.service.issue({ ...PDF, faults: shared }));
      const well = client.service.issue(PDF);
      expect(await client.getStatus(first ?? '')).toBe(503);
      expect(await client.getStatus(well)).toBe(200);
      expect(await client.getStatus(second ?? '')).toBe(503);
      expect(await client.getStatus(first ?? '')).toBe(200);
      const both = { head: { status: 500 }, get: { status: 500 } };
      const broken = client.service.issue({ ...PDF, faults: both });
      expect((await fetch(client.url(broken), { method: 'POST' })).status).toBe(405);
      expect(await client.headStatus('unknown')).toBe(404);
    });

    it('a dead token stays dead, whatever its body was to do', async () => {
      for (const fault of [{ breakAt: 1 }, { stallAt: 1 }, { headers: { 'X-Seen': 'yes' } }]) {
        const token = client.service.issue({ ...PDF, faults: { get: fault } });
        client.service.expire(token);
        const response = await client.get(token);
        expect(response.status).toBe(410);
        expect(response.headers.get('X-Seen')).toBeNull();
        expect(JSON.parse(await response.text())).toMatchObject({ status: 410 });
      }
    });
  });
}

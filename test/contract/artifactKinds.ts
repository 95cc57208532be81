import { describe, expect, it } from 'vitest';
import { allArtifactBytes } from '../../src/testing/index.ts';
import { bytesOf, PDF, sha256, type ContractClient } from './contractClient.ts';

/** Every size, body and name arrives as it was issued. */
export function describeArtifactKinds(client: ContractClient): void {
  describe('artifacts of all kinds', () => {
    it('an empty one', async () => {
      const token = client.service.issue({ ...PDF, size: 0 });
      expect((await client.head(token)).headers.get('Content-Length')).toBe('0');
      const response = await client.get(token);
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Length')).toBe('0');
      expect(await bytesOf(response)).toHaveLength(0);
      expect(client.service.requests(token)[1]).toMatchObject({ outcome: 'sent', sentBytes: 0 });
      expect(await client.getStatus(token)).toBe(410);
    });

    it.each([1, 7, 65_535, 65_536, 65_537, 3 * 2 ** 20 + 1])('one of %i bytes', async (size) => {
      const bytes = await bytesOf(await client.get(client.service.issue({ ...PDF, size })));
      expect(sha256(bytes)).toBe(sha256(allArtifactBytes(size, PDF.fileName)));
    });

    it.each([
      ['bytes', new Uint8Array([0, 255, 13, 10, 0])],
      ['text', 'naïve 🏗️'],
      ['a blob', new Blob(['x'.repeat(300_000)])],
    ])('one given as %s', async (_, body) => {
      const expected = await bytesOf(new Response(body));
      const token = client.service.issue({ fileName: 'a.bin', contentType: 'text/plain', body });
      const response = await client.get(token);
      expect(response.headers.get('Content-Length')).toBe(String(expected.length));
      expect(sha256(await bytesOf(response))).toBe(sha256(expected));
    });

    it.each(['Grundriß – Café.pdf', '平面図.dwg', '🏗️.pdf', 'a"b\\c;d%20.pdf', 'a\r\nX-Evil: 1'])(
      'one named %j',
      async (fileName) => {
        const header = (await client.head(client.service.issue({ ...PDF, fileName }))).headers.get(
          'Content-Disposition',
        );
        // RFC 8187 by hand: the suite must not trust the library it checks.
        const extended = /filename\*=UTF-8''([^;]+)/.exec(header ?? '')?.[1];
        const quoted = /filename="((?:[^"\\]|\\.)*)"/.exec(header ?? '')?.[1];
        expect(
          extended === undefined ? quoted?.replace(/\\(.)/g, '$1') : decodeURIComponent(extended),
        ).toBe(fileName);
      },
    );
  });
}

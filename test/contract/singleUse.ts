import { describe, expect, it } from 'vitest';
import { allArtifactBytes } from '../../src/testing/index.ts';
import { bytesOf, LONG, PDF, sha256, type ContractClient } from './contractClient.ts';

/** HEAD never consumes, GET does, and a dead token stays dead. */
export function describeSingleUse(client: ContractClient): void {
  describe('a fresh token', () => {
    it('HEAD describes the artifact and streams nothing', async () => {
      const response = await client.head(client.service.issue(PDF));
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Type')).toBe('application/pdf');
      expect(response.headers.get('Content-Length')).toBe('200000');
      expect(response.headers.get('Content-Disposition')).toBe('attachment; filename=drawings.pdf');
      expect(await bytesOf(response)).toHaveLength(0);
    });

    it('HEAD never consumes, however often', async () => {
      const token = client.service.issue(PDF);
      const answers = await Promise.all(Array.from({ length: 20 }, () => client.headStatus(token)));
      for (let count = 0; count < 5; count += 1) answers.push(await client.headStatus(token));
      expect(new Set(answers)).toEqual(new Set([200]));
      expect(client.service.status(token)).toBe('fresh');
      expect(await client.getStatus(token)).toBe(200);
    });

    it('GET streams the artifact, as long as it says and byte for byte', async () => {
      const response = await client.get(client.service.issue(PDF));
      expect(response.status).toBe(200);
      const bytes = await bytesOf(response);
      expect(response.headers.get('Content-Length')).toBe(String(bytes.length));
      expect(sha256(bytes)).toBe(sha256(allArtifactBytes(PDF.size, PDF.fileName)));
    });

    it('GET has the headers of HEAD', async () => {
      const token = client.service.issue(PDF);
      const names = ['Content-Type', 'Content-Length', 'Content-Disposition', 'Cache-Control'];
      const read = ({ headers }: Response): unknown => names.map((header) => headers.get(header));
      const inspected = read(await client.head(token));
      const response = await client.get(token);
      expect(read(response)).toEqual(inspected);
      await response.arrayBuffer();
    });

    it('is neither cached, nor sniffed, nor encoded', async () => {
      const token = client.service.issue(PDF);
      for (const response of [await client.head(token), await client.get(token)]) {
        expect(response.headers.get('Cache-Control')).toBe('no-store');
        expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
        expect(response.headers.get('Content-Encoding')).toBeNull();
        await response.arrayBuffer();
      }
    });

    it('needs no credentials, and gets no cookie', async () => {
      const response = await fetch(client.url(client.service.issue(PDF)), {
        credentials: 'omit',
      });
      expect(response.status).toBe(200);
      expect(response.headers.get('Set-Cookie')).toBeNull();
      await response.arrayBuffer();
    });
  });

  describe('single use', () => {
    it('GET consumes: later GETs and HEADs are 4xx', async () => {
      const token = client.service.issue(PDF);
      expect(await bytesOf(await client.get(token))).toHaveLength(PDF.size);
      expect(client.service.status(token)).toBe('consumed');
      expect(await client.getStatus(token)).toBe(410);
      expect(await client.headStatus(token)).toBe(410);
      expect(await client.getStatus(token)).toBe(410);
    });

    it('GET consumes before its first byte is read', async () => {
      const token = client.service.issue(LONG);
      const response = await client.get(token);
      expect(await client.headStatus(token)).toBe(410);
      await response.body?.cancel();
    });

    it('of concurrent GETs exactly one is a 200', async () => {
      const token = client.service.issue(PDF);
      const answers = await Promise.all(Array.from({ length: 8 }, () => client.getStatus(token)));
      expect(answers.sort((a, b) => a - b)).toEqual([200, 410, 410, 410, 410, 410, 410, 410]);
    });

    it('a download in another tab consumes it here too', async () => {
      const token = client.service.issue(PDF);
      expect(await client.headStatus(token)).toBe(200);
      client.service.consume(token);
      expect(await client.headStatus(token)).toBe(410);
      expect(await client.getStatus(token)).toBe(410);
    });

    it('two tokens never disturb each other, even of the same artifact', async () => {
      const [first, second] = [client.service.issue(PDF), client.service.issue(PDF)];
      expect(first).not.toBe(second);
      expect(await client.getStatus(first)).toBe(200);
      expect(await client.headStatus(second)).toBe(200);
      client.service.expire(second);
      const third = client.service.issue({ ...PDF, fileName: 'other.pdf' });
      expect(sha256(await bytesOf(await client.get(third)))).toBe(
        sha256(allArtifactBytes(PDF.size, 'other.pdf')),
      );
      expect(client.log(first)).toEqual(['GET 200']);
      expect(client.log(second)).toEqual(['HEAD 200']);
    });
  });
}

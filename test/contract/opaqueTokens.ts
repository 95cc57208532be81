import { describe, expect, it } from 'vitest';
import { allArtifactBytes } from '../../src/testing/index.ts';
import { bytesOf, PDF, sha256, type ContractClient } from './contractClient.ts';

/** Tokens that a careless router would split, decode twice, normalise or trim. */
const HOSTILE_TOKENS = [
  'a/b',
  '/leading/and/trailing/',
  'ü%20',
  '%',
  '%zz',
  '%2e%2e',
  '%252F',
  '..;x',
  '...',
  '../../etc/passwd',
  '?#',
  'a?token=b&c#d',
  'a+b c',
  ' surrounded ',
  'back\\slash',
  'quote\'"`<script>',
  ':token(*)',
  'line\nfeed\0nul',
  '日本語 🏗️',
  'cafe\u0301',
  'x'.repeat(200),
];

/** A token is any text; it is found by itself and by nothing else. */
export function describeOpaqueTokens(client: ContractClient): void {
  describe('opaque tokens', () => {
    it.each(HOSTILE_TOKENS)('%j is found again, and only by itself', async (token) => {
      const others = HOSTILE_TOKENS.filter((other) => other !== token);
      others.forEach((other) => client.service.issue({ ...PDF, token: other }));
      client.service.issue({ ...PDF, token, fileName: 'mine.pdf' });

      expect(await client.headStatus(token)).toBe(200);
      const bytes = await bytesOf(await client.get(token));
      expect(sha256(bytes)).toBe(sha256(allArtifactBytes(PDF.size, 'mine.pdf')));
      expect(client.log(token)).toEqual(['HEAD 200', 'GET 200']);
      expect(others.filter((other) => client.service.status(other) !== 'fresh')).toEqual([]);
    });

    it('is matched exactly: case, white space and Unicode form count', async () => {
      client.service.issue({ ...PDF, token: 'Caf\u00e9' });
      for (const other of ['caf\u00e9', 'Cafe\u0301', 'Caf\u00e9 ', ' Caf\u00e9', 'Caf%C3%A9']) {
        expect(await client.headStatus(other), other).toBe(404);
      }
    });

    it('a URL with broken percent-encoding names no token', async () => {
      client.service.issue({ ...PDF, token: '%zz' });
      client.service.issue({ ...PDF, token: '%' });
      for (const broken of ['%zz', '%', '%C3%28', '%ED%A0%80', '%E0%A4%A']) {
        const url = client.url('x').replace(/x$/, broken);
        expect((await fetch(url, { method: 'HEAD' })).status, broken).toBe(404);
      }
    });

    it('a query is no part of the token', async () => {
      const token = client.service.issue(PDF);
      expect((await fetch(`${client.url(token)}?x=1`, { method: 'HEAD' })).status).toBe(200);
    });
  });
}

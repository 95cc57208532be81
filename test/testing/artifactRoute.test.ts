// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readToken } from '../../src/testing/artifactRoute.ts';

it('reads back any token that encodeURIComponent wrote', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (token) => {
      fc.pre(token !== '.' && token !== '..');
      const url = new URL(`https://x.test/files/${encodeURIComponent(token)}?q=1#f`);
      expect(readToken('/files', url.pathname)).toBe(token);
    }),
  );
});

it.each([
  ['/files', null],
  ['/files/', null],
  ['/files/a/b', null],
  ['/files/a/', null],
  ['/filesystem/a', null],
  ['/other/files/a', null],
  ['/files/a', 'a'],
  ['/files/a%2Fb', 'a/b'],
  ['/files/%252F', '%2F'],
  ['/files/%', ''],
  ['/files/%C3%28', ''],
])('%s holds the token %j', (path, token) => {
  expect(readToken('/files', path)).toBe(token);
  expect(readToken('/files/', path)).toBe(token);
});

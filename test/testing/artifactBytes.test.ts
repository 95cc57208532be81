// @vitest-environment node
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { allArtifactBytes, artifactBytes } from '../../src/testing/index.ts';

const MIB = 2 ** 20;

const sha256 = (...parts: Uint8Array[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

const chunksOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array[]> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};

describe('artifactBytes', () => {
  it.each([0, 1, 65_536, 65_537, 2 * MIB + 3])(
    'streams %i bytes, the same each time',
    async (size) => {
      const chunks = await chunksOf(artifactBytes(size, 'plan.pdf'));
      expect(chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(size);
      expect(Math.max(0, ...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(65_536);
      expect(sha256(...chunks)).toBe(sha256(allArtifactBytes(size, 'plan.pdf')));
    },
  );

  it('keeps its bytes from one release to the next', () => {
    expect(sha256(allArtifactBytes(3 * MIB, 'plan.pdf'))).toBe(
      '3d0943e8be0f2f3bb9d7b5231eb3dede5287d1b9f21d8a866e8a339745c51586',
    );
  });

  it('differs from seed to seed, and looks random', () => {
    const bytes = allArtifactBytes(MIB, 'plan.pdf');
    expect(sha256(bytes)).not.toBe(sha256(allArtifactBytes(MIB, 'plan.dwg')));
    const counts = new Uint32Array(256);
    for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(3_600);
    expect(Math.max(...counts)).toBeLessThan(4_600);
  });

  it('repeats no chunk: bytes lost, repeated or out of order change the checksum', async () => {
    const chunks = await chunksOf(artifactBytes(40 * MIB, 'plan.pdf'));
    expect(new Set(chunks.map((chunk) => sha256(chunk))).size).toBe(640);
  });

  it('a shorter artifact is the beginning of a longer one', () => {
    const long = allArtifactBytes(MIB + 100, 'plan.pdf');
    expect(long.subarray(0, 70_000)).toEqual(allArtifactBytes(70_000, 'plan.pdf'));
  });

  it('generates nothing ahead of its reader, so a terabyte is no trouble', async () => {
    const reader = artifactBytes(2 ** 40, 'plan.pdf').getReader();
    const first = await reader.read();
    expect(first.value?.length).toBe(65_536);
    await reader.cancel();
    expect((await reader.read()).done).toBe(true);
  });
});

/** Bytes a chunk: what {@link artifactBytes} hands over at a time. */
const CHUNK_BYTES = 64 * 1024;

/** Bytes generated once for a seed; every chunk is a stamped copy of a part of it. */
const BLOCK_BYTES = 1024 * 1024;

/** Bytes at the start of each chunk that carry its position. */
const STAMP_BYTES = 8;

/**
 * The bytes of a made-up artifact, as a stream: the same for the same `seed`, generated only as they
 * are read, so an artifact of many GiB costs about 1 MiB of memory.
 *
 * Each 64 KiB chunk is stamped with its position: bytes lost, repeated or out of order always change
 * the whole file's checksum.
 *
 * @param size - how many bytes; a non-negative integer.
 * @param seed - any text. {@link ArtifactService.issue} uses the artifact's file name.
 *
 * @example
 * const body = artifactBytes(5 * 2 ** 30, 'site-plan.dwg');
 */
export function artifactBytes(size: number, seed: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  const block = pseudoRandomBlock(seed);
  let sent = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (sent < size) {
          const chunk = chunkAt(block, sent, size);
          sent += chunk.length;
          controller.enqueue(chunk);
        }
        if (sent >= size) controller.close();
      },
    },
    // Nothing ahead of the reader: what is generated is what was asked for.
    { highWaterMark: 0 },
  );
}

/**
 * All the bytes that {@link artifactBytes} streams for the same arguments, in one array: what a test
 * compares a small download with.
 *
 * @param size - how many bytes; a non-negative integer that fits in memory.
 * @param seed - any text.
 *
 * @example
 * expect(new Uint8Array(await response.arrayBuffer())).toEqual(allArtifactBytes(1024, 'plan.pdf'));
 */
export function allArtifactBytes(size: number, seed: string): Uint8Array<ArrayBuffer> {
  const block = pseudoRandomBlock(seed);
  const bytes = new Uint8Array(size);
  for (let start = 0; start < size; start += CHUNK_BYTES) {
    bytes.set(chunkAt(block, start, size), start);
  }
  return bytes;
}

function chunkAt(
  block: Uint8Array<ArrayBuffer>,
  start: number,
  size: number,
): Uint8Array<ArrayBuffer> {
  const from = start % BLOCK_BYTES;
  const chunk = block.slice(from, from + Math.min(CHUNK_BYTES, size - start));
  let position = start / CHUNK_BYTES;
  for (let index = 0; index < Math.min(STAMP_BYTES, chunk.length); index += 1) {
    chunk[index] = position % 256;
    position = Math.floor(position / 256);
  }
  return chunk;
}

/** Mulberry32 over the FNV-1a hash of the seed: small, fast, and not for secrets. */
function pseudoRandomBlock(seed: string): Uint8Array<ArrayBuffer> {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 0x01000193);
  const words = new Uint32Array(BLOCK_BYTES / 4);
  for (let index = 0; index < words.length; index += 1) {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    words[index] = word ^ (word >>> 14);
  }
  return new Uint8Array(words.buffer);
}

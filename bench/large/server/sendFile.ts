import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BLOCK, newBlock, stamp } from './content.ts';

/** Blocks that may be on their way into the socket; each waits there until the kernel has it. */
const OUTSTANDING = 8;
/** Milliseconds that a paced line may lag behind before the time is lost, as on a real one. */
const CATCH_UP = 30;

/** What to send, and how fast. */
export interface Sending {
  readonly size: number;
  /** Bytes a second; `null`: as fast as the other side takes them. */
  readonly bytesPerSecond: number | null;
  /** Called with the running total of bytes handed to the socket. */
  readonly onSent: (sent: number) => void;
}

const ring = Array.from({ length: OUTSTANDING }, newBlock);

/**
 * Sends the body, always with a few blocks ready for the socket and never with more. One at a time:
 * the blocks are made once and used again and again.
 */
export async function sendFile(response: ServerResponse, sending: Sending): Promise<void> {
  const { size, bytesPerSecond, onSent } = sending;
  const free = ring.map(() => Promise.resolve());
  let due = performance.now();
  for (let index = 0, at = 0; at < size; index++, at += BLOCK) {
    const slot = index % OUTSTANDING;
    await free[slot];
    if (bytesPerSecond !== null) {
      due = Math.max(due, performance.now() - CATCH_UP) + (BLOCK / bytesPerSecond) * 1000;
      const wait = due - performance.now();
      if (wait >= 1) await sleep(wait);
    }
    if (response.destroyed) return;
    const block = stamp(ring[slot] as Buffer, index).subarray(0, size - at);
    free[slot] = new Promise((resolve) => response.write(block, () => resolve()));
    onSent(at + block.length);
  }
  response.end();
}

import { expect, it } from 'vitest';
import { eventually } from '../e2e/eventually.ts';
import type { RawReply } from '../e2e/faultServer.ts';
import { cutReply, fallSilent, pdfHeaders, reply } from '../e2e/rawReplies.ts';
import { WORDS } from '../e2e/widget.ts';
import type { EngineSite } from './describeEngine.ts';

const SIZE = 2 ** 20;
const HALF = new Uint8Array(SIZE / 2);

/** A reply that stops half way, and whether its connection was closed. */
function halfReply(): { GET: RawReply; isClosed: () => boolean } {
  let closed = false;
  const half = cutReply(pdfHeaders(SIZE), HALF, fallSilent);
  const GET: RawReply = (socket) => {
    socket.once('close', () => (closed = true));
    return half(socket);
  };
  return { GET, isClosed: () => closed };
}

/** What Cancel does half way. */
export function cancelSuite(site: () => EngineSite): void {
  it.each([
    ['used up', reply(410), 'expired', WORDS.canceled],
    ['still alive', reply(200, pdfHeaders(SIZE)), 'ready', WORDS.canceledStillWorks],
  ] as const)(
    'S9 E4 Cancel closes the connection and leaves no file, and the link is said to be %s',
    async (title, afterwards, status, words) => {
      const { faults, show, expectNothingSaved } = site();
      const { GET, isClosed } = halfReply();
      const token = `canceled, ${title}`;
      faults.script(token, { HEAD: [reply(200, pdfHeaders(SIZE)), afterwards], GET });

      const button = await show('faults', { token });
      await button.becomes('ready');
      await button.click();
      await eventually(button.progress).toBe('50');
      expect(isClosed()).toBe(false);
      await button.cancel();
      await button.says(status, words);

      await eventually(isClosed).toBe(true);
      await expectNothingSaved(button.page);
      expect(faults.log(token)).toEqual(['HEAD', 'GET', 'HEAD']);
    },
  );
}

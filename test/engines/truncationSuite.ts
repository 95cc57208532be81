import { expect, it } from 'vitest';
import { allArtifactBytes } from '../../src/testing/index.ts';
import type { RawReply } from '../e2e/faultServer.ts';
import { chunkedReply, cutReply, hangUp, pdfHeaders, reply, tear } from '../e2e/rawReplies.ts';
import type { EngineSite } from './describeEngine.ts';

const SIZE = 300_000;
const PART = allArtifactBytes(SIZE, 'plan.pdf').subarray(0, 100_000);

/** Which of the two it is depends on what the engine makes of the end: an error, or just an end. */
const BROKEN_OFF = /failed.*(connection was lost|only a part)/i;

/** Bodies that end too early. */
export function truncationSuite(site: () => EngineSite): void {
  it.each<[string, RawReply]>([
    ['shorter than its Content-Length, torn', cutReply(pdfHeaders(SIZE), PART, tear)],
    ['shorter than its Content-Length, hung up', cutReply(pdfHeaders(SIZE), PART, hangUp)],
    // Here WebKit reports no error at all: only the length that HEAD told can tell.
    ['chunked, without its last chunk', chunkedReply(pdfHeaders(null), [PART], 'cut')],
    ['as long as its connection', cutReply(pdfHeaders(null), PART, hangUp)],
  ])('S3 E4 a body %s is not saved, and that is said', async (title, GET) => {
    const { faults, show, expectNothingSaved } = site();
    const token = `cut, ${title}`;
    faults.script(token, { HEAD: [reply(200, pdfHeaders(SIZE)), reply(410)], GET });

    const button = await show('faults', { token });
    await button.becomes('ready');
    await button.click();
    await button.says('failed', BROKEN_OFF);

    await expectNothingSaved(button.page);
    expect(faults.log(token)).toEqual(['HEAD', 'GET', 'HEAD']);
  });
}

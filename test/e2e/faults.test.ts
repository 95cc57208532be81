import { describe, expect, it } from 'vitest';
import { allArtifactBytes } from '../../src/testing/index.ts';
import { sha256 } from './downloadsFolder.ts';
import { eventually } from './eventually.ts';
import type { RawReply } from './faultServer.ts';
import {
  chunkedReply,
  cutHeaders,
  cutReply,
  drippingReply,
  fallSilent,
  hangUp,
  pdfHeaders,
  reply,
  tear,
} from './rawReplies.ts';
import { shareSite } from './shareSite.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const SIZE = 300_000;
const BYTES = allArtifactBytes(SIZE, 'plan.pdf');
const PART = BYTES.subarray(0, 100_000);
const ALIVE = reply(200, pdfHeaders(SIZE));
const DEAD = reply(410);
const BUSY = reply(503, { 'Retry-After': 0 });
const WHOLE = reply(200, pdfHeaders(SIZE), BYTES);
const APP_PAGE = reply(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>App</title>');
const TO_APP_PAGE = reply(302, { Location: '/' });

/** A reply that waits for a word of ours. */
function heldBack(answer: RawReply): [RawReply, () => void] {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  return [
    async (socket) => {
      await released;
      await answer(socket);
    },
    () => release(),
  ];
}

const gets = (requests: readonly string[]) => requests.filter((entry) => entry.startsWith('GET'));

describe('a body that breaks off', () => {
  it.each<[string, RawReply, RegExp]>([
    ['with a length, torn', cutReply(pdfHeaders(SIZE), PART, tear), WORDS.lost],
    ['with a length, hung up', cutReply(pdfHeaders(SIZE), PART, hangUp), WORDS.lost],
    ['chunked, hung up', chunkedReply(pdfHeaders(null), [PART], 'cut'), WORDS.lost],
    ['as long as its connection', cutReply(pdfHeaders(null), PART, hangUp), WORDS.incomplete],
    ['as long as its connection, torn', cutReply(pdfHeaders(null), PART, tear), WORDS.lost],
    ['after the headers', cutReply(pdfHeaders(SIZE), '', tear), WORDS.lost],
    ['with a length, and more bytes than that', reply(200, pdfHeaders(9), BYTES), WORDS.incomplete],
    [
      'a whole body, but shorter than HEAD said',
      reply(200, pdfHeaders(9), PART.subarray(0, 9)),
      WORDS.incomplete,
    ],
  ])('S3 E4 %s: not complete, not saved, HEAD asked', async (title, GET, words) => {
    const { faults, visit } = site();
    const { mount, folder, settle, sent } = await visit({ origin: faults.origin });
    const token = `cut ${title}`;
    faults.script(token, { HEAD: [ALIVE, DEAD], GET });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();

    await says('failed', words);
    await settle();
    expect(await folder.names()).toEqual([]);
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD']);
    expect(faults.log(token)).toEqual(['HEAD', 'GET', 'HEAD']);
  });

  it('E4 E3 the token has survived: ready with a notice, and only a new click sends GET', async () => {
    const { faults, visit } = site();
    const { mount, folder, settle, sent } = await visit({ origin: faults.origin });
    const token = 'survived';
    faults.script(token, { HEAD: ALIVE, GET: [cutReply(pdfHeaders(SIZE), PART, tear), WHOLE] });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();
    await says('ready', WORDS.stillWorks);
    await settle();
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD']);
    expect(await folder.names()).toEqual([]);

    await button.click();
    await says('completed', WORDS.sent);
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(await folder.sha256('plan.pdf')).toBe(await sha256(BYTES));
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD', 'GET']);
  });

  it('E4 canceled, and the token has survived: ready, and says so', async () => {
    const { faults, visit } = site();
    const { mount, folder, sent } = await visit({ origin: faults.origin });
    const token = 'canceled and survived';
    faults.script(token, { HEAD: ALIVE, GET: cutReply(pdfHeaders(SIZE), PART, fallSilent) });
    const { button, cancel, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();
    await cancel.click();
    await says('ready', WORDS.canceledStillWorks);
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD']);
    expect(await folder.names()).toEqual([]);
  });

  it('E10 a stall is reported, not a spinner for ever', async () => {
    const { faults, visit } = site();
    const { mount, folder, sent } = await visit({ origin: faults.origin });
    const token = 'stalled';
    faults.script(token, {
      HEAD: [ALIVE, DEAD],
      GET: cutReply(pdfHeaders(SIZE), PART, fallSilent),
    });
    const { button, becomes, says } = await mount({ token, stallTimeout: 400 });
    await becomes('ready');
    await button.click();
    await says('failed', WORDS.stalled);
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD']);
    expect(await folder.names()).toEqual([]);
  });

  it('E4 HEAD cannot be asked: unknown stays unknown, and no second GET is offered', async () => {
    const { faults, visit } = site();
    const { mount, folder, sent, settle } = await visit({ origin: faults.origin });
    const token = 'never inspectable';
    faults.script(token, { HEAD: reply(501), GET: cutReply(pdfHeaders(SIZE), PART, tear) });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();
    await says('failed', WORDS.unknown);
    await button.click({ force: true });
    await settle();
    expect(gets(sent)).toEqual(['GET']);
    expect(await folder.names()).toEqual([]);
  });
});

describe('lines that are slow, or never end', () => {
  it('E10 chunked, and the end never comes: a stall, nothing saved', async () => {
    const { faults, visit } = site();
    const { mount, folder, sent } = await visit({ origin: faults.origin });
    const token = 'chunked without end';
    faults.script(token, {
      HEAD: [reply(200, pdfHeaders(null)), DEAD],
      GET: chunkedReply(pdfHeaders(null), [PART], 'never'),
    });
    const { button, becomes, says } = await mount({ token, stallTimeout: 1_000 });
    await becomes('ready');
    await button.click();
    await says('failed', WORDS.stalled);
    expect(await folder.names()).toEqual([]);
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD']);
  });

  it('E10 byte after byte, each just in time: no stall, and the file is whole', async () => {
    const { faults, visit } = site();
    const { mount, folder } = await visit({ origin: faults.origin });
    const token = 'dripping';
    const bytes = Array.from('drips', (letter) => Buffer.from(letter));
    faults.script(token, {
      HEAD: reply(200, pdfHeaders(5)),
      GET: drippingReply(pdfHeaders(5), bytes, 1_000),
    });
    const { button, becomes } = await mount({ token, stallTimeout: 4_000 });
    await becomes('ready');
    await button.click();
    await becomes('completed');
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(await folder.sha256('plan.pdf')).toBe(await sha256('drips'));
  });
});

describe('headers that say two things', () => {
  const twice: RawReply = (socket) => {
    socket.end(
      [
        'HTTP/1.1 200 OK',
        'Connection: close',
        'Content-Type: application/pdf',
        'Content-Length: 4',
        'Content-Disposition: attachment; filename="one.pdf"',
        'Content-Disposition: attachment; filename="two.pdf"',
        '',
        'data',
      ].join('\r\n'),
    );
  };

  it('at HEAD: Chromium refuses the answer, and no GET is offered that would be refused, too', async () => {
    const { faults, visit } = site();
    const { mount, sent, settle } = await visit({ origin: faults.origin });
    faults.script('two names at HEAD', { HEAD: twice, GET: twice });
    const { says } = await mount({ token: 'two names at HEAD' });
    await says('unreachable', WORDS.unreachable);
    await settle();
    expect(gets(sent)).toEqual([]);
  });

  it('E4 at GET: nothing saved, HEAD asked', async () => {
    const { faults, visit } = site();
    const { mount, folder, sent } = await visit({ origin: faults.origin });
    faults.script('two names at GET', { HEAD: [reply(200, pdfHeaders(4)), DEAD], GET: twice });
    const { button, becomes } = await mount({ token: 'two names at GET' });
    await becomes('ready');
    await button.click();
    await becomes('failed');
    expect(await folder.names()).toEqual([]);
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD']);
  });
});

describe('headers that do not come', () => {
  it.each<[string, RawReply]>([
    ['cut in the middle, hung up', cutHeaders(pdfHeaders(SIZE), hangUp)],
    ['cut in the middle, torn', cutHeaders(pdfHeaders(SIZE), tear)],
    ['not a byte, hung up', hangUp],
    ['not a byte, torn', tear],
  ])('S3 E4 %s: nothing saved, HEAD asked, one fetch', async (title, GET) => {
    const { faults, visit } = site();
    const { mount, folder, settle, sent } = await visit({ origin: faults.origin });
    const token = `headless ${title}`;
    faults.script(token, { HEAD: [ALIVE, DEAD], GET });
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.click();
    await becomes('failed');
    await settle();
    expect(await folder.names()).toEqual([]);
    // On the wire the engine itself may repeat what died without an answer; no page can stop it.
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD']);
  });

  it('a busy server is asked again with HEAD, and no GET is offered meanwhile', async () => {
    const { faults, visit } = site();
    const { mount, settle, sent } = await visit({ origin: faults.origin });
    const token = 'busy at first';
    const [second, answer] = heldBack(BUSY);
    faults.script(token, { HEAD: [BUSY, second, ALIVE], GET: WHOLE });
    const { button, becomes } = await mount({ token });
    await eventually(() => sent).toEqual(['HEAD', 'HEAD']);
    await button.click({ force: true });
    await settle();
    answer();
    await becomes('ready');
    expect(gets(sent)).toEqual([]);
  });

  it('E10 HEAD that is never answered ends in something to do', async () => {
    const { faults, visit } = site();
    const { mount, page, sent } = await visit({ origin: faults.origin, own: true });
    await page.clock.install();
    const token = 'silent';
    let isSilent = true;
    faults.script(token, { HEAD: (socket) => (isSilent ? undefined : ALIVE(socket)), GET: WHOLE });
    const { root, button, becomes } = await mount({ token });
    await eventually(async () => {
      await page.clock.fastForward(31_000);
      return root.getAttribute('data-status');
    }).toBe('unreachable');

    isSilent = false;
    await button.click();
    await becomes('ready');
    expect(gets(sent)).toEqual([]);
  });

  it('N1 a header of 65 kB', async () => {
    const { faults, visit } = site();
    const { mount, folder } = await visit({ origin: faults.origin });
    const token = 'wordy';
    const headers = pdfHeaders(SIZE, `${'long '.repeat(13_000)}plan.pdf`);
    faults.script(token, { HEAD: reply(200, headers), GET: reply(200, headers, BYTES) });
    const { root, button, becomes, says } = await mount({ token });
    await becomes('ready');
    const shown = (await root.locator('bdi').textContent()) ?? '';
    expect(shown).toMatch(/^long long .*\.pdf$/);
    await button.click();
    await says('completed', WORDS.sent);
    expect(await folder.whenSaved()).toEqual([shown]);
    expect(await folder.sha256(shown)).toBe(await sha256(BYTES));
  });
});

describe('an answer that is no artifact', () => {
  it('S3 410 between HEAD and click: expired, with nothing more to ask', async () => {
    const { service, visit, log } = site();
    for (const end of ['consume', 'expire'] as const) {
      const { mount, folder, settle } = await visit();
      const token = service.issue({ fileName: 'a.pdf', contentType: 'application/pdf', size: 9 });
      const { button, becomes, says } = await mount({ token });
      await becomes('ready');
      service[end](token);
      await button.click();
      await says('expired', WORDS.dead);
      await settle();
      expect(await folder.names()).toEqual([]);
      expect(log(token)).toEqual(['HEAD 200', 'GET 410']);
    }
  });

  it('E3 E4 503 at GET, the token alive: a notice, and only a new click sends the second GET', async () => {
    const { faults, visit } = site();
    const { mount, folder, settle, sent } = await visit({ origin: faults.origin });
    const token = 'busy';
    faults.script(token, { HEAD: ALIVE, GET: [BUSY, WHOLE] });
    const { button, becomes, says } = await mount({ token }, { client: 'hostile' });
    await becomes('ready');
    await button.click();
    await says('ready', WORDS.stillWorks);
    await settle();
    expect(gets(sent)).toEqual(['GET']);
    expect(await folder.names()).toEqual([]);

    await button.click();
    await says('completed', WORDS.sent);
    expect(await folder.whenSaved()).toEqual(['plan.pdf']);
    expect(gets(faults.log(token))).toEqual(['GET', 'GET']);
  });

  it('E2 the second click of a double click does not spend the token that survived the first', async () => {
    const { faults, visit } = site();
    const { mount, folder, page, settle, sent } = await visit({ origin: faults.origin });
    const token = 'busy for a double click';
    faults.script(token, { HEAD: ALIVE, GET: [BUSY, WHOLE] });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    const { x, y, width, height } = (await button.boundingBox()) ?? expect.fail('no box');
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down({ clickCount: 1 });
    await page.mouse.up({ clickCount: 1 });
    await says('ready', WORDS.stillWorks);
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await settle();
    expect(gets(sent)).toEqual(['GET']);
    expect(await folder.names()).toEqual([]);
  });

  it('E2 a held Enter does not spend the token that survived its first stroke', async () => {
    const { faults, visit } = site();
    const { mount, folder, page, settle, sent } = await visit({ origin: faults.origin });
    const token = 'busy for a held key';
    faults.script(token, { HEAD: ALIVE, GET: [BUSY, WHOLE] });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.focus();
    await page.keyboard.down('Enter');
    await says('ready', WORDS.stillWorks);
    await page.keyboard.down('Enter');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await settle();
    expect(gets(sent)).toEqual(['GET']);
    expect(await folder.names()).toEqual([]);
  });

  it('E4 HEAD’s word from before the GET ended settles nothing', async () => {
    const { faults, visit } = site();
    const { mount, page, settle, sent } = await visit({ origin: faults.origin });
    const token = 'late word';
    // Asked while the token was alive, answered after the GET has spent it.
    const [late, answerLate] = heldBack(ALIVE);
    const [fresh, answerFresh] = heldBack(DEAD);
    faults.script(token, {
      HEAD: [ALIVE, late, fresh],
      GET: cutReply(pdfHeaders(SIZE), PART, tear),
    });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await page.evaluate(() =>
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
    );
    await eventually(() => sent).toEqual(['HEAD', 'HEAD']);
    await button.click();
    await eventually(() => faults.log(token)).toEqual(['HEAD', 'HEAD', 'GET', 'HEAD']);
    answerLate();
    await settle();
    await becomes('checking');
    answerFresh();
    await says('failed', WORDS.lost);
    expect(gets(sent)).toEqual(['GET']);
  });

  const STRANGE: [string, RawReply][] = [
    ['a web page', APP_PAGE],
    ['204', reply(204)],
    [
      '206',
      reply(206, { ...pdfHeaders(SIZE), 'Content-Range': `bytes 0-${SIZE - 1}/${SIZE}` }, BYTES),
    ],
    ['304', reply(304)],
    ['a redirect to a web page', TO_APP_PAGE],
  ];

  it.each(STRANGE)('S3 at GET: %s is never saved', async (title, GET) => {
    const { faults, visit } = site();
    const { mount, folder, settle, sent } = await visit({ origin: faults.origin });
    const token = `strange GET ${title}`;
    // Of unknown length, so that no count gives the answer away.
    faults.script(token, { HEAD: [reply(200, pdfHeaders(null)), DEAD], GET });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();
    await says('failed', WORDS.failed);
    await settle();
    expect(await folder.names()).toEqual([]);
    expect(sent).toEqual(['HEAD', 'GET', 'HEAD']);
  });

  it.each(STRANGE)(
    'at HEAD: %s is neither alive nor dead, and offers no GET',
    async (title, HEAD) => {
      const { faults, visit } = site();
      const { mount, settle, sent } = await visit({ origin: faults.origin });
      const token = `strange HEAD ${title}`;
      faults.script(token, { HEAD: [HEAD, ALIVE], GET: WHOLE });
      const { button, becomes, says } = await mount({ token });
      await says('unreachable', WORDS.unexpected);
      await settle();
      expect(sent).toEqual(['HEAD']);

      // "Check again" is a HEAD, not a GET.
      await button.click();
      await becomes('ready');
      expect(sent).toEqual(['HEAD', 'HEAD']);
    },
  );

  it('T2 E8 a server that lets its answers be stored is asked again all the same', async () => {
    const { faults, visit } = site();
    const { mount, page, folder } = await visit({ origin: faults.origin });
    const token = 'storable';
    const headers = { ...pdfHeaders(SIZE), 'Cache-Control': 'public, max-age=3600', ETag: '"1"' };
    faults.script(token, {
      HEAD: [reply(200, headers), DEAD],
      GET: [reply(200, headers, BYTES), DEAD],
    });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();
    await becomes('completed');
    await folder.whenSaved();
    await page.reload();
    await mount({ token });
    await says('expired', WORDS.dead);
    expect(faults.log(token)).toEqual(['HEAD', 'GET', 'HEAD']);
  });
});

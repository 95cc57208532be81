import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName, splitFileName } from '../../src/protocol/safeFileName.ts';
import { suggestedFileName } from '../../src/protocol/suggestedFileName.ts';

interface HeaderCase {
  id: string;
  header?: string;
  header_js?: string;
  mode: 'exact' | 'prefer';
  accept: (string | null)[];
}

interface NameCase {
  id: string;
  class: string;
  name?: string;
  name_js?: string;
  expect?: string;
  expect_class?: string;
  chromium_observed?: string;
}

/** Read and not imported: Vite's JSON plugin refuses the lone surrogates that are the point of some cases. */
function readCases<Case>(file: string): Case[] {
  const data = JSON.parse(readFileSync(`${import.meta.dirname}/../data/${file}`, 'utf8')) as {
    cases: Case[];
  };
  return data.cases;
}

const headers = readCases<HeaderCase>('content-disposition-cases.json');
const hostile = readCases<NameCase>('hostile-filenames.json');

const DEVICES = [
  ...'con prn aux nul conin$ conout$ clock$'.split(' '),
  ...['com', 'lpt'].flatMap((port) => '0123456789¹²³'.split('').map((digit) => port + digit)),
];

// Numbers, and not a copy of the code's own classes: a test that shares the code's mistake finds none.
const CONTROLS = [
  [0, 0x1f],
  [0x7f, 0x9f],
  [0x2028, 0x2029],
] as const;
const INVISIBLE = [
  [0x61c, 0x61c],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
  [0xad, 0xad],
  [0x180e, 0x180e],
  [0x2060, 0x2064],
  [0xe0000, 0xe007f],
] as const;

/** The properties that a safe name breaks, by their names in hostile-filenames.json. */
function brokenProperties(name: string): string[] {
  const points = Array.from(name, (character) => character.codePointAt(0) ?? -1);
  const holds = (ranges: readonly (readonly number[])[]) =>
    points.some((point) => ranges.some(([from = 0, to = 0]) => point >= from && point <= to));
  const stem = name.split('.')[0]?.trimEnd().toLowerCase() ?? '';
  const bytes = new TextEncoder().encode(name).length;
  const broken = {
    P1: /[/\\]/.test(name),
    P2: holds(CONTROLS),
    P3: holds(INVISIBLE),
    P4: DEVICES.includes(stem) || ['desktop.ini', 'thumbs.db'].includes(name.toLowerCase()),
    P5: name !== name.trim() || name.startsWith('.') || name.endsWith('.'),
    // Tighter than the data's 255: see MAX_BYTES.
    P6: bytes < 1 || bytes > 240,
    P7: /\p{Cs}/u.test(name),
    P8: /[<>:"|?*]/.test(name),
    P9: safeFileName(name) !== name,
    P11: name === '',
    P12: name !== name.normalize('NFC'),
  };
  return Object.entries(broken).flatMap(([property, isBroken]) => (isBroken ? [property] : []));
}

/** Fails with the names of the broken properties. */
function expectSafe(name: string): void {
  expect(brokenProperties(name), JSON.stringify(name.slice(0, 300))).toEqual([]);
}

/**
 * A string that the data describes instead of holding it: quoted pieces with `.repeat(n)`, joined by `+`.
 * Read here by hand, so that no test evaluates its data.
 */
function unfold(expression: string | undefined): string {
  if (expression === undefined)
    throw new TypeError('This case holds neither a value nor a way to make one.');
  const piece = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")(?:\.repeat\((\d+)\))?\s*(\+|$)/y;
  let whole = '';
  while (piece.lastIndex < expression.length) {
    const match = piece.exec(expression);
    if (!match) throw new SyntaxError(`Not a sum of strings: ${expression}`);
    const [, single, double, times = '1'] = match;
    whole += (single ?? double ?? '').replace(/\\(.)/g, '$1').repeat(Number(times));
  }
  return whole;
}

/** What `Headers.get()` makes of a header that a server wrote in UTF-8: one UTF-16 unit a byte. */
const seenAsLatin1 = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));

describe('N1 the suggested name', () => {
  it.each(headers)('N1 $id', ({ id, header, header_js, mode, accept }) => {
    const value = header ?? unfold(header_js);
    const name = suggestedFileName(value);
    const safe = safeFileName(name);

    expectSafe(safe);
    // The generated header prescribes no value (`accept: []`), only a name that fits.
    if (id === 'own-long-64k') expect(safe).toBe('a'.repeat(236) + '.txt');
    else if (mode === 'exact') expect(accept).toContain(name);
  });

  it('N1 has all the cases', () => expect(headers.length).toBeGreaterThanOrEqual(126));

  it.each([
    ['absent', null, null],
    ['empty filename', 'attachment; filename=""', null],
    ['empty filename*, good filename', "attachment; filename*=UTF-8''; filename=a.txt", 'a.txt'],
    ['broken filename*, UTF-8 filename', "a; filename*=UTF-8''%ff; filename=Ã©.txt", 'é.txt'],
    ['UTF-8 filename', 'attachment; filename="cafÃ©.pdf"', 'café.pdf'],
    ['UTF-8 filename, unquoted', 'attachment; filename=cafÃ©.pdf', 'café.pdf'],
    ['Latin-1 filename', 'attachment; filename="café.pdf"', 'café.pdf'],
    ['half UTF-8, half Latin-1', 'attachment; filename="Ã©é.pdf"', 'Ã©é.pdf'],
    ['overlong UTF-8', 'attachment; filename="\xc0\xae.pdf"', '\xc0\xae.pdf'],
    ['already decoded', 'attachment; filename="Ł Ã©.pdf"', 'Ł Ã©.pdf'],
    ['Ã© meant so in filename*', "attachment; filename*=UTF-8''%C3%83%C2%A9.pdf", 'Ã©.pdf'],
    ['percent signs in filename', 'attachment; filename="100%25.pdf"', '100%25.pdf'],
    ['encoded twice in filename*', "attachment; filename*=UTF-8''100%2525.pdf", '100%25.pdf'],
    ['RFC 2047', 'attachment; filename="=?utf-8?Q?a?="', '=?utf-8?Q?a?='],
    ['filename inside a quoted value', 'attachment; x="; filename=b"; filename=a', 'a'],
    // Outlook Web Access and its like; Firefox reads it too.
    ['quoted filename*', `attachment; filename*="UTF-8''caf%C3%A9.pdf"`, 'café.pdf'],
  ])('N1 %s', (_, header, name) => expect(suggestedFileName(header)).toBe(name));

  it('N1 leaves Object.prototype alone', () => {
    suggestedFileName('attachment; __proto__=x; constructor=y; filename=a');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect({}.constructor).toBe(Object);
  });

  it('N1 never throws', () => {
    const bytes = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((b) => String.fromCharCode(b)),
    });
    const syntax = fc
      .array(
        fc.constantFrom(
          ...'attachment|;|=|"|\\|*|\'|%|%C3|filename|UTF-8|a|\t|,|Ã©|ÿ'.split('|'),
          ' ',
          "; filename*=UTF-8''",
          '; filename=',
          "iso-8859-1''",
        ),
      )
      .map((parts) => parts.join(''));
    const anything = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.oneof(bytes, syntax, anything), (header) => {
        const name = suggestedFileName(header);
        expect(name).not.toBe('');
        expectSafe(safeFileName(name));
      }),
      { numRuns: 3000 },
    );
  });

  it('N1 finds any UTF-8 name again, plain or extended, whichever comes first', () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((text) => !/\p{Cs}/u.test(text) && !text.startsWith('\ufeff'));
    fc.assert(
      fc.property(name, fc.boolean(), (wanted, first) => {
        const quoted = wanted.replace(/[\\"]/g, '\\$&');
        expect(suggestedFileName(`attachment; filename="${seenAsLatin1(quoted)}"`)).toBe(wanted);

        const extended = `filename*=UTF-8''${encodeURIComponent(wanted)}`;
        const both = [extended, 'filename="plain.txt"'];
        if (!first) both.reverse();
        expect(suggestedFileName(['attachment', ...both].join('; '))).toBe(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it('N1 keeps a Latin-1 name that is no UTF-8', () => {
    const latin1 = fc.string({
      unit: fc.constantFrom('a', '.', ' ', 'é', 'ÿ', 'Ã', '©', 'ß'),
      minLength: 1,
    });
    fc.assert(
      fc.property(latin1, (name) => {
        const bytes = Uint8Array.from(name, (unit) => unit.charCodeAt(0));
        const isUtf8 = !new TextDecoder().decode(bytes).includes('\ufffd');
        fc.pre(!isUtf8 || /^[a-z. ]*$/.test(name));
        expect(suggestedFileName(`attachment; filename="${name}"`)).toBe(name);
      }),
    );
  });

  it.each([
    ['semicolons', 'a' + ';'.repeat(65_000)],
    ['many parameters', Array.from({ length: 9000 }, (_, i) => `;k${i}=v`).join('')],
    ['quotes that close late', 'a' + ';a="\\"'.repeat(11_000)],
    ['white space', 'a;' + ' '.repeat(65_000) + 'filename'],
    ['escapes', `a;filename="${'\\a'.repeat(32_000)}"`],
    ['combining marks', `a;filename="${seenAsLatin1('\u0301\u0323'.repeat(16_000))}"`],
    ['UTF-8', `a;filename="${seenAsLatin1('é'.repeat(32_000))}"`],
    ['Latin-1', `a;filename="${'é'.repeat(65_000)}"`],
    ['extended', "a;filename*=utf-8''" + '%CC%81%CC%A3'.repeat(5400)],
    ['extended, broken at its end', "a;filename*=iso-8859-1''" + '%41'.repeat(21_000) + '%'],
    // How long they take is a matter for the bench: `npm run bench -- --only=names`.
  ])('N1 takes a 65 kB header of %s', (_, header) => {
    expectSafe(safeFileName(suggestedFileName(header)));
  });
});

const bytesOf = (name: string) => new TextEncoder().encode(name).length;

/** Names with a fair chance to go wrong: hostile pieces, long runs, any UTF-16. */
const anyName = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...'./|\\|:|<|_|-|.|..|con|NUL|com¹|clock$|desktop.ini|thumbs.db|.pdf|e|簡|😀'.split('|'),
          ...'\u202e|\u200d|\ufe0f|\u3164|\ud83d|\ude00|\t|\u0085'.split('|'),
          ' ',
          '\u3000',
          '\u2000',
          // What NFC moves, joins, takes apart or exchanges.
          ...'\u0301|\u0323|\u0338|\u1112|\u1161|\u11ab|\u212a|\u037e|\u{1d160}'.split('|'),
        ),
        fc
          .tuple(fc.constantFrom('a', '.', ' ', 'é', '簡', '😀', '\u0344'), fc.nat(300))
          .map(([piece, times]) => piece.repeat(times)),
      ),
    )
    .map((pieces) => pieces.join('')),
);

describe('N2 the safe name', () => {
  it.each(hostile)('N2 $id', ({ name, name_js, expect: exact, expect_class }) => {
    const value = name ?? unfold(name_js);
    const safe = safeFileName(value);

    // Nothing is waived: P3 holds for "mvs" too.
    expectSafe(safe);
    if (exact !== undefined) expect(safe).toBe(exact);
    if (expect_class === 'fallback') expect(safe).toBe('download');
    const end = /ends (\.\w+)/.exec(expect_class ?? '')?.[1];
    if (end) expect(safe.endsWith(end)).toBe(true);
  });

  it('N2 has all the cases', () => expect(hostile.length).toBeGreaterThanOrEqual(83));

  // What Chromium makes of the same name, where nothing but the platform's own taste divides us from it.
  const asChromium = ['path', 'control', 'illegal'];
  // Where another engine replaces more: WebKit takes no tilde.
  const stricter = ['ls-ps', 'ff-mix', 'tilde'];
  it.each(hostile.filter((one) => asChromium.includes(one.class) && !stricter.includes(one.id)))(
    'N3 $id is saved by Chromium as it is shown',
    ({ name, chromium_observed }) => {
      expect(safeFileName(name ?? '')).toBe(chromium_observed);
    },
  );

  it.each([
    ['null', null, 'download'],
    ['only separators', '../../..', 'download'],
    ['only what is replaced', '\u202e\0/', 'download'],
    ['a file manager’s hidden file', '.htaccess', 'htaccess'],
    ['white space of all kinds', 'a \u3000\u00a0 b.txt', 'a b.txt'],
    ['line separators are white space', 'a\u2028b\u2029c.txt', 'a b c.txt'],
    ['tabs are controls', 'a\t\tb.txt', 'a__b.txt'],
    ['inner dots', 'a..b...txt', 'a..b...txt'],
    ['space before the extension', 'a .txt', 'a .txt'],
    ['device with an extension', 'Aux.tar.gz', '_Aux.tar.gz'],
    ['device and a space', 'con .txt', '_con .txt'],
    ['superscript device', 'COM².log', '_COM².log'],
    ['no device', 'com10.txt', 'com10.txt'],
    ['no device either', 'config.con', 'config.con'],
    ['thumbs.db', 'THUMBS.DB', '_THUMBS.DB'],
    ['not thumbs.db', 'thumbs.db.zip', 'thumbs.db.zip'],
    ['device spelt with a Kelvin sign', 'cloc\u212a$', '_clocK$'],
    ['emoji with its selector', '❤\ufe0f.png', '❤\ufe0f.png'],
    ['ideographic variant', '葛\u{e0100}城.pdf', '葛\u{e0100}城.pdf'],
    ['Hangul filler', 'a.pdf\u3164.exe', 'a.pdf_.exe'],
    ['private use', '\ue000\uf8ff.txt', '\ue000\uf8ff.txt'],
    ['decomposed', 'Pru\u0308fung.pdf', 'Prüfung.pdf'],
  ])('N2 %s', (_, name, safe) => {
    expect(safeFileName(name)).toBe(safe);
    expectSafe(safe);
  });

  it('N2 lets no unsafe character of Unicode through', () => {
    const bad: string[] = [];
    for (let start = 0; start <= 0x10ffff; start += 32) {
      // Planes 4 to 13 are empty, 15 and 16 private: their ends, the non-characters, stand for them.
      const plane = start >> 16;
      if (plane > 3 && plane !== 14 && (start & 0xffff) !== 0xffe0) continue;
      const points = Array.from({ length: 32 }, (_, i) => String.fromCodePoint(start + i));
      const safe = safeFileName(`a${points.join('a')}a.txt`);
      const broken = brokenProperties(safe);
      if (broken.length > 0 || !safe.endsWith('a.txt')) {
        bad.push(`from U+${start.toString(16)}: ${broken.join(' ')}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it.each([
    ['240 bytes stay', 'a'.repeat(236) + '.pdf', 'a'.repeat(236) + '.pdf'],
    ['241 bytes do not', 'a'.repeat(237) + '.pdf', 'a'.repeat(236) + '.pdf'],
    ['no extension', 'a'.repeat(241), 'a'.repeat(240)],
    [
      'an emoji is kept or cut whole',
      'aaa' + '😀'.repeat(90) + '.pdf',
      'aaa' + '😀'.repeat(58) + '.pdf',
    ],
    [
      '16 characters of extension',
      'a'.repeat(300) + '.1234567890abcdef',
      'a'.repeat(223) + '.1234567890abcdef',
    ],
    [
      '16 emoji of extension',
      'a'.repeat(300) + '.' + '😀'.repeat(16),
      'a'.repeat(175) + '.' + '😀'.repeat(16),
    ],
    ['a space is not left at the end', 'a'.repeat(239) + ' ' + 'b'.repeat(20), 'a'.repeat(239)],
    [
      'a device mark costs a byte',
      'con.' + 'a'.repeat(232) + '.pdf',
      '_con.' + 'a'.repeat(231) + '.pdf',
    ],
    [
      'a device that cutting brings about',
      'desktop.ini' + ' .'.repeat(120) + 'x'.repeat(20),
      '_desktop.ini',
    ],
    // 180 syllables of three jamo: 1,620 bytes, and 540 once composed; none is lost before that.
    ['composed, then cut', '\u1112\u1161\u11ab'.repeat(180) + '.pdf', '한'.repeat(78) + '.pdf'],
    ['composed, and fitting', '\u1112\u1161\u11ab'.repeat(78) + '.pdf', '한'.repeat(78) + '.pdf'],
    ['four code points become one', '\u03b1\u0313\u0300\u0345'.repeat(300), 'ᾂ'.repeat(80)],
  ])('N2 length: %s', (_, name, safe) => {
    expect(safeFileName(name)).toBe(safe);
    expectSafe(safe);
  });

  it.each([
    ['dots', 'a' + '.'.repeat(65_000) + 'b'],
    ['dots and spaces', 'a' + ' .'.repeat(32_000)],
    ['spaces', ' '.repeat(65_000) + 'b'],
    ['extensions', '.a'.repeat(32_000)],
    ['combining marks', 'a' + '\u0301'.repeat(32_000) + '\u0323'.repeat(32_000)],
  ])('N2 takes 65,000 units of %s', (_, name) => {
    expectSafe(safeFileName(name));
  });

  it('N2 holds every universal property for any name and any fallback', () => {
    fc.assert(
      fc.property(anyName, fc.option(anyName, { nil: undefined }), (name, fallback) => {
        expectSafe(fallback === undefined ? safeFileName(name) : safeFileName(name, fallback));
      }),
      { numRuns: 5000 },
    );
  });

  it('N2 keeps the extension (P10)', () => {
    const extension = fc.string({
      unit: fc.constantFrom(...'abcXYZ019-é簡'.split('')),
      minLength: 1,
    });
    fc.assert(
      fc.property(anyName, extension, (stem, rest) => {
        fc.pre(bytesOf(rest.normalize()) <= 16);
        expect(safeFileName(`a${stem}.${rest}`).endsWith(`.${rest.normalize()}`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('N2 deletes nothing inside a name (P10)', () => {
    const unit = fc.constantFrom(
      ...'ab./<>:"|?*\0\u202e\u200b\ufeff\u3164\ud83d'.split(''),
      '\u{e0020}',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 100 }), (inner) => {
        const expected = Array.from(`x${inner}x`, (one) => (/[abx.]/.test(one) ? one : '_')).join(
          '',
        );
        expect(safeFileName(`x${inner}x`)).toBe(expected);
      }),
    );
  });

  it('N2 uses the fallback, made safe, only when there is nothing else', () => {
    expect(safeFileName(null, 'artifact')).toBe('artifact');
    expect(safeFileName('a', 'artifact')).toBe('a');
    expect(safeFileName('...', '../con')).toBe('_con');
    expect(safeFileName('', '')).toBe('download');
    expect(safeFileName('/', '/')).toBe('download');
  });
});

describe('N3 the extension in view', () => {
  it.each([
    ['report.pdf', '.pdf'],
    ['archive.tar.gz', '.gz'],
    ['README', ''],
    ['.htaccess', ''],
    ['trailing.', ''],
    ['', ''],
    ['.', ''],
    ['a.1234567890abcdef', '.1234567890abcdef'],
    ['a.1234567890abcdefg', ''],
    ['v1.2 final', '.2 final'],
    ['a.😀', '.😀'],
    ['line\nbreak.txt', '.txt'],
  ])('N3 %j has the extension %j', (name, extension) => {
    expect(splitFileName(name)).toEqual({
      stem: name.slice(0, name.length - extension.length),
      extension,
    });
  });

  it('N3 stem + extension is the name', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const { stem, extension } = splitFileName(name);
        expect(stem + extension).toBe(name);
        if (extension) expect(extension).toMatch(/^\.[^.]+$/);
      }),
    );
  });
});

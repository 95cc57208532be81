import { expect, userEvent, waitFor, within } from 'storybook/test';
import preview from '../.storybook/preview.tsx';
import { service } from '../.storybook/storyService.ts';
import { DownloadButton, type DownloadButtonProps, type DownloadLabels } from '../src/index.ts';
import { scenarios } from '../src/testing/index.ts';
import { described } from './described.ts';
import { buttonArgTypes } from './argTypes.ts';
import { expectGets, requestsOf, spend } from './reaching.tsx';
import { nowhere } from './sinks.ts';
import { plan } from './states.ts';
import './stories.css';

const meta = preview.meta({
  title: 'DownloadButton/Features',
  parameters: described(
    'What a button meets in life: odd names, all sizes, narrow places, other scripts, impatient hands.',
  ),
  component: DownloadButton,
  tags: ['autodocs'],
  argTypes: buttonArgTypes,
  args: { token: null, sink: nowhere },
  render: (args, { loaded }) => (
    <div className="stack">
      {tokensOf(loaded).map((token) => (
        <DownloadButton key={token} {...args} token={token} />
      ))}
    </div>
  ),
});

const issuing = (...issued: (() => string)[]) => [
  () => ({ tokens: issued.map((issue) => issue()) }),
];
const named = (...fileNames: string[]) =>
  issuing(...fileNames.map((fileName) => () => service.issue({ ...plan, fileName })));
const sized = (...sizes: number[]) =>
  issuing(...sizes.map((size) => () => service.issue({ ...plan, size })));

function tokensOf(loaded: Record<string, unknown>): readonly string[] {
  return loaded['tokens'] as string[];
}

/** One name of 200 characters, one without a single space: both wrap, and keep their extension. */
export const LongNames = meta.story({
  loaders: named(
    `${'Revised drawing set for the second floor of the east wing, '.repeat(4).slice(0, 195)}.pdf`,
    `${'A201_REV_C_'.repeat(14)}.dwg`,
  ),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    const button = await canvas.findByRole('button', { name: /\.dwg DWG · 2\.4 MB$/ });
    await expect(button.scrollWidth).toBeLessThanOrEqual(button.clientWidth);
    await canvas.findByRole('button', { name: /\.pdf PDF · 2\.4 MB$/ });
    await expectGets(0, ...tokensOf(loaded));
  },
});

/**
 * Arabic, Japanese, emoji, a path, and a name that hides its extension behind a bidi override: each
 * is shown as it will be saved, and none turns the words around it.
 */
export const OddNames = meta.story({
  loaders: named(
    'مخطط الطابق الثاني.pdf',
    '二階平面図（改訂）.pdf',
    '🏗️ Site photos.zip',
    '../../etc/passwd',
    'invoice\u202Efdp.exe',
    'CON.pdf',
  ),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    await canvas.findByText('مخطط الطابق الثاني.pdf');
    await canvas.findByText('invoice_fdp.exe');
    await canvas.findByText('_CON.pdf');
    await expect(canvas.queryByText(/[/\u202E]/)).toBeNull();
    await expectGets(0, ...tokensOf(loaded));
  },
});

/** From nothing to ten gigabytes, in the units that file managers use. */
export const Sizes = meta.story({
  loaders: sized(0, 1, 999_499, 2_410_000, 10_000_000_000),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    for (const size of ['0 bytes', '1 byte', '999 kB', '2.4 MB', '10 GB']) {
      await canvas.findByRole('button', { name: new RegExp(`PDF · ${size}$`) });
    }
    await expectGets(0, ...tokensOf(loaded));
  },
});

/** An empty file is a file: one click, one GET, saved. */
export const EmptyFile = meta.story({
  loaders: issuing(() => scenarios.empty(service, { fileName: 'nothing.txt' })),
  async play({ canvasElement, loaded }) {
    await spend(canvasElement, tokensOf(loaded)[0]);
    await within(canvasElement).findByRole('button', { name: /^Saved nothing\.txt 0 bytes$/ });
    await expectGets(1, tokensOf(loaded)[0]);
  },
});

/**
 * Forty in a table: one HEAD each, when it comes near the screen, no GET, and rows that do not jump
 * while the answers come in.
 */
export const FortyInATable = meta.story({
  parameters: { layout: 'fullscreen' },
  loaders: issuing(
    ...Array.from({ length: 40 }, (_, index) => {
      const sheet = `A-${201 + index}`;
      return () =>
        service.issue({ ...plan, fileName: `${sheet} Floor plan.pdf`, size: 1e6 + index * 37_000 });
    }),
  ),
  render: (args, { loaded }) => (
    <table className="sheets">
      <thead>
        <tr>
          <th scope="col">Sheet</th>
          <th scope="col">Drawing</th>
        </tr>
      </thead>
      <tbody>
        {tokensOf(loaded).map((token, index) => (
          <tr key={token}>
            <th scope="row">A-{201 + index}</th>
            <td>
              <DownloadButton {...args} token={token} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  ),
  async play({ canvasElement, loaded }) {
    const tokens = tokensOf(loaded);
    const asked = () => tokens.filter((token) => requestsOf(token, 'HEAD') > 0).length;
    const rows = within(canvasElement).getAllByRole('row').slice(1);
    for (const [index, row] of rows.entries()) {
      row.scrollIntoView({ block: 'end' });
      await within(row).findByRole('button', { name: /^Download A-2\d\d/ });
      if (index === 0) await expect(asked()).toBeLessThan(tokens.length);
    }
    for (const token of tokens) {
      await expect([requestsOf(token, 'HEAD'), requestsOf(token, 'GET')]).toEqual([1, 0]);
    }
  },
});

/** 320 px, the narrowest page there is: nothing is cut off, and nothing scrolls sideways. */
export const Narrow = meta.story({
  loaders: named(plan.fileName, `${'A201_REV_C_'.repeat(14)}.dwg`),
  decorators: [
    (Story) => (
      <div style={{ inlineSize: 320, maxInlineSize: '100%', overflowX: 'auto' }}>
        <Story />
      </div>
    ),
  ],
  async play({ canvasElement, loaded }) {
    const button = await within(canvasElement).findByRole('button', { name: /\.dwg DWG/ });
    const box = button.closest('[style]');
    await expect(box?.scrollWidth).toBe(box?.clientWidth);
    await expectGets(0, ...tokensOf(loaded));
  },
});

const arabic: Partial<DownloadLabels> = {
  checking: 'جارٍ التحقق من الرابط…',
  download: 'تنزيل',
  cancel: 'إلغاء',
  cancelFile: 'إلغاء تنزيل {fileName}',
  requesting: 'جارٍ بدء التنزيل…',
  receiving: 'جارٍ التنزيل…',
  saving: 'جارٍ الحفظ…',
  saved: 'تم الحفظ',
  receivedOf: '{received} من {total}',
  timeLeft: 'بقي {left}',
};

/** An Arabic page: mirrored, numbers and units by the locale; a Latin name stands as it was written. */
export const RightToLeft = meta.story({
  globals: { direction: 'rtl' },
  args: { locale: 'ar', labels: arabic },
  loaders: issuing(
    () => service.issue({ ...plan, fileName: 'مخطط الطابق الثاني.pdf' }),
    () => service.issue(plan),
    () => scenarios.stalls(service, plan),
  ),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvas.getAllByRole('button', { name: /^تنزيل/ })).toHaveLength(3));
    const [first, second, third] = tokensOf(loaded);
    await expectGets(0, first, second, third);
    const [, , stalling] = canvas.getAllByRole('button');
    if (stalling) await userEvent.click(stalling);
    await canvas.findByRole('progressbar', { name: plan.fileName });
    await canvas.findByText(/بايت من/);
    await expectGets(0, first, second);
    await expectGets(1, third);
  },
});

/** Two buttons with one token, as in a list and a dialog: they move together, and spend it once. */
export const TwoButtonsOneToken = meta.story({
  loaders: [
    () => {
      const token = service.issue(plan);
      return { tokens: [token, token] };
    },
  ],
  render: (args, { loaded }) => (
    <div className="stack">
      <DownloadButton {...args} token={tokensOf(loaded)[0]} />
      <DownloadButton {...args} token={tokensOf(loaded)[1]} />
    </div>
  ),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    const buttons = await canvas.findAllByRole('button', { name: /^Download / });
    await expectGets(0, ...tokensOf(loaded));
    for (const button of buttons) button.click();
    await waitFor(() => expect(canvas.getAllByRole('button', { name: /^Saved / })).toHaveLength(2));
    await expectGets(1, ...tokensOf(loaded));
  },
});

/** A double click is one decision. */
export const DoubleClick = meta.story({
  loaders: issuing(() => service.issue(plan)),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    const button = await canvas.findByRole('button', { name: /^Download / });
    await expectGets(0, ...tokensOf(loaded));
    await userEvent.dblClick(button);
    await canvas.findByRole('button', { name: /^Saved / });
    await expect(button).toHaveFocus();
    await expectGets(1, ...tokensOf(loaded));
  },
});

/** By keyboard alone: the focus stays on the one button, and comes back to it from Cancel. */
export const ByKeyboard = meta.story({
  loaders: issuing(() => scenarios.silentAtGet(service, plan)),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    const button = await canvas.findByRole('button', { name: /^Download / });
    await userEvent.tab();
    await expect(button).toHaveFocus();
    await expectGets(0, ...tokensOf(loaded));
    await userEvent.keyboard('{Enter}');
    const cancel = await canvas.findByRole('button', { name: /^Cancel download of .*A-201/ });
    await userEvent.tab();
    await expect(cancel).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await canvas.findByRole('button', { name: /Canceled\. The link still works\./ });
    await expect(button).toHaveFocus();
    await expectGets(1, ...tokensOf(loaded));
  },
});

/** Three seconds to live: counts down and ends on time, without a request. */
export const Lapses = meta.story({
  loaders: [
    () => ({
      tokens: [service.issue({ ...plan, expiresIn: 3_000 })],
      expiresAt: Date.now() + 3_000,
    }),
  ],
  render: (args, { loaded }) => (
    <DownloadButton
      {...args}
      token={tokensOf(loaded)[0]}
      expiresAt={loaded['expiresAt'] as DownloadButtonProps['expiresAt']}
    />
  ),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: /Link expires in \d sec$/ });
    await canvas.findByRole('button', { name: /^Link expired / });
    await expect(requestsOf(tokensOf(loaded)[0], 'HEAD')).toBe(1);
    await expectGets(0, ...tokensOf(loaded));
  },
});

/** The server was busy, and named a time: the button asks again by itself, and is ready. */
export const BusyAtFirst = meta.story({
  loaders: issuing(() =>
    scenarios.busyAtFirst(service, {
      ...plan,
      faults: { head: [{ status: 429, retryAfter: 1 }] },
    }),
  ),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: /Trying again at/ });
    await canvas.findByRole('button', { name: /^Download / });
    await expect(requestsOf(tokensOf(loaded)[0], 'HEAD')).toBe(2);
    await expectGets(0, ...tokensOf(loaded));
  },
});

import { expect, userEvent, waitFor, within } from 'storybook/test';
import preview from '../.storybook/preview.tsx';
import { described } from './described.ts';
import { Lifecycle } from './Lifecycle.tsx';

const meta = preview.meta({
  title: 'Lifecycle',
  parameters: described(
    'One button and its server, with everything that can happen between the two.',
  ),
  component: Lifecycle,
  args: {
    latency: 300,
    bytesPerSecond: 2_000_000,
    size: 20_000_000,
    server: 'well' as const,
    renewable: false,
    keepFiles: false,
  },
  argTypes: {
    latency: { control: { type: 'range', min: 0, max: 5_000, step: 100 } },
    bytesPerSecond: {
      control: { type: 'select', labels: { 1e5: '100 kB/s', 2e6: '2 MB/s', 1e8: '100 MB/s' } },
      options: [1e5, 2e6, 1e8],
    },
    size: {
      control: { type: 'select', labels: { 0: '0 bytes', 2e7: '20 MB', 1e10: '10 GB' } },
      options: [0, 2e7, 1e10],
    },
    server: { control: 'inline-radio', options: ['well', 'busy', 'silent', 'dead'] },
    locale: { control: 'select', options: ['en', 'de', 'ar', 'ja'] },
    whenUnmounted: { control: 'inline-radio', options: ['keep', 'cancel'] },
  },
});

/**
 * Press anything, at any time. Whatever happens: one GET a token, never two; the button says no more
 * than the log beside it can bear out; its height and your focus stay.
 */
export const Playground = meta.story({
  async play({ canvasElement }) {
    const { canvas, methods } = watching(canvasElement);
    await canvas.findByRole('button', { name: /^Download A-201/ });
    await expect(methods()).toEqual(['HEAD']);
  },
});

/** What a play function does and sees: the controls, and the methods that the server's log shows. */
function watching(canvasElement: HTMLElement) {
  const canvas = within(canvasElement);
  const log = within(canvas.getByRole('region', { name: 'Server log' }));
  return {
    canvas,
    log,
    act: (name: string) => userEvent.click(canvas.getByRole('button', { name })),
    methods: () => log.queryAllByText(/^(HEAD|GET)$/).map((line) => line.textContent),
  };
}

/** A whole life, asserted: ready, spent by one click, cut half way, settled by HEAD, and renewed. */
export const BreaksOff = meta.story({
  args: { latency: 0, bytesPerSecond: 500_000 },
  async play({ canvasElement }) {
    const { canvas, log, act, methods } = watching(canvasElement);
    const button = await canvas.findByRole('button', { name: /^Download A-201/ });
    await expect(methods()).toEqual(['HEAD']);
    await userEvent.click(button);
    const bar = await canvas.findByRole('progressbar');
    await waitFor(() => expect(Number(bar.ariaValueNow)).toBeGreaterThan(0), { timeout: 3_000 });
    await act('Cut the connection');
    await canvas.findByRole('button', { name: /^Download failed .* The connection was lost\./ });
    await expect(methods()).toEqual(['HEAD', 'GET', 'HEAD']);
    await expect(log.getByText('token consumed')).toBeVisible();

    await act('Issue a new token');
    await canvas.findByRole('button', { name: /^Download A-201/ });
    await expect(methods()).toEqual(['HEAD']);
  },
});

/** The link dies in another tab. The button learns of it when it is asked, and spends nothing more. */
export const SpentElsewhere = meta.story({
  args: { latency: 0 },
  async play({ canvasElement }) {
    const { canvas, act, methods } = watching(canvasElement);
    await canvas.findByRole('button', { name: /^Download A-201/ });
    await act('Spend it elsewhere');
    await act('Come back to the tab');
    await canvas.findByRole('button', { name: /^Link no longer works/ });
    await expect(methods()).toEqual(['HEAD', 'HEAD']);
  },
});

/** The click finds the link dead; the app has a new one, and the download goes on: a GET a token. */
export const RenewedAtTheClick = meta.story({
  args: { latency: 0, renewable: true, bytesPerSecond: 1e8, size: 100_000 },
  async play({ canvasElement }) {
    const { canvas, act, methods } = watching(canvasElement);
    const button = await canvas.findByRole('button', { name: /^Download A-201/ });
    await act('Spend it elsewhere');
    await userEvent.click(button);
    await canvas.findByRole('button', { name: /^Saved A-201/ });
    await expect(methods()).toEqual(['HEAD', 'GET']);
    await expect(button).toHaveFocus();
  },
});

/** Off the net and back: a click sends nothing; the reconnect asks again by itself. */
export const OffAndOnline = meta.story({
  args: { latency: 0 },
  async play({ canvasElement }) {
    const { canvas, act, methods } = watching(canvasElement);
    await canvas.findByRole('button', { name: /^Download A-201/ });
    await act('Go offline');
    await userEvent.click(canvas.getByRole('button', { name: /^Download A-201/ }));
    await canvas.findByRole('button', { name: /^Check again .* You are offline\.$/ });
    await expect(methods()).toEqual(['HEAD']);
    await act('Go offline');
    await canvas.findByRole('button', { name: /^Download A-201/ });
    await expect(methods()).toEqual(['HEAD', 'HEAD']);
  },
});

/** A download belongs to the page: taken off and put back, the button finds it running. */
export const OutlivesItsButton = meta.story({
  args: { latency: 0, bytesPerSecond: 100_000 },
  async play({ canvasElement }) {
    const { canvas, act, methods } = watching(canvasElement);
    const button = await canvas.findByRole('button', { name: /^Download A-201/ });
    await expect(methods()).toEqual(['HEAD']);
    await userEvent.click(button);
    await canvas.findByRole('progressbar');
    await act('Take it off the page');
    await expect(canvas.queryByRole('progressbar')).toBeNull();
    await act('Take it off the page');
    await canvas.findByRole('progressbar');
    await expect(methods()).toEqual(['HEAD', 'GET']);
    await userEvent.click(canvas.getByRole('button', { name: /^Cancel/ }));
    await canvas.findByRole('button', { name: /^Download canceled/ });
    await expect(methods()).toEqual(['HEAD', 'GET', 'HEAD']);
  },
});

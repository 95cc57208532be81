import { expect, waitFor, within } from 'storybook/test';
import preview from '../.storybook/preview.tsx';
import { service } from '../.storybook/storyService.ts';
import { DownloadButton } from '../src/index.ts';
import { scenarios } from '../src/testing/index.ts';
import { described } from './described.ts';
import { buttonArgTypes } from './argTypes.ts';
import { dropFocus, expectGets, giving, givenTo, renderGiven, spend } from './reaching.tsx';
import { elsewhere } from './sinks.ts';
import { plan } from './states.ts';
import './stories.css';

const meta = preview.meta({
  title: 'DownloadButton/Theming',
  parameters: described(
    'The look: custom properties, classes, `data-status`, and what the system asks for.',
  ),
  component: DownloadButton,
  tags: ['autodocs'],
  argTypes: buttonArgTypes,
  args: { token: null, sink: elsewhere },
  loaders: giving(() => ({ token: service.issue(plan) })),
  render: renderGiven,
});

/**
 * A brand’s colours, radius and font, by custom properties alone:
 *
 * ```css
 * .brand .artifact-download {
 *   --artifact-download-accent: light-dark(#8f2d56, #f7a3c4);
 *   --artifact-download-border: light-dark(#b08a9a, #7d5567);
 *   --artifact-download-radius: 0;
 *   --artifact-download-font: 1rem/1.4 Georgia, serif;
 * }
 * ```
 */
export const CustomProperties = meta.story({
  decorators: [(Story) => <div className="brand">{Story()}</div>],
  async play({ canvasElement, loaded }) {
    const button = await within(canvasElement).findByRole('button', { name: /^Download / });
    await expect(getComputedStyle(button).fontFamily).toMatch(/^Georgia/);
    await expectGets(0, givenTo(loaded).token);
  },
});

/** Smaller, as wide as its place, and without a card. */
export const Quiet = meta.story({
  decorators: [(Story) => <div className="quiet">{Story()}</div>],
  async play({ canvasElement, loaded }) {
    await within(canvasElement).findByRole('button', { name: /^Download / });
    await expectGets(0, givenTo(loaded).token);
  },
});

/** It follows the page’s `color-scheme`, island by island. */
export const ColorSchemes = meta.story({
  render: (args, { loaded }) => (
    <div className="islands">
      {['light', 'dark'].map((colorScheme) => (
        <div key={colorScheme} style={{ colorScheme }}>
          <DownloadButton {...args} {...givenTo(loaded)} />
        </div>
      ))}
    </div>
  ),
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    await waitFor(() =>
      expect(canvas.getAllByRole('button', { name: /^Download / })).toHaveLength(2),
    );
    await expectGets(0, givenTo(loaded).token);
  },
});

/** `className` and `style` as functions of the state: here a dashed edge once the file is gone out. */
export const ByState = meta.story({
  args: {
    style: (state) =>
      state.status === 'completed' ? { outline: '2px dashed', outlineOffset: -6 } : undefined,
  },
  async play({ canvasElement, loaded }) {
    await spend(canvasElement, givenTo(loaded).token);
    const button = await within(canvasElement).findByRole('button', { name: /^Sent to / });
    await expect(getComputedStyle(button).outlineStyle).toBe('dashed');
    await expectGets(1, givenTo(loaded).token);
  },
});

/**
 * For a system that asks for less motion: the bar of an unknown length stands still, and the ring
 * turns slowly. Emulate it in the developer tools: Rendering, `prefers-reduced-motion`.
 */
export const ReducedMotion = meta.story({
  loaders: giving(() => ({ token: scenarios.silentAtGet(service, plan) })),
  async play({ canvasElement, loaded }) {
    await spend(canvasElement, givenTo(loaded).token);
    await within(canvasElement).findByRole('progressbar');
    dropFocus();
  },
});

/**
 * With the system’s own few colours every icon keeps its shape, and the bar its outline. Emulate it
 * in the developer tools: Rendering, `forced-colors`.
 */
export const ForcedColors = meta.story({
  loaders: giving(() => ({ token: scenarios.stalls(service, plan) })),
  async play({ canvasElement, loaded }) {
    await spend(canvasElement, givenTo(loaded).token);
    await within(canvasElement).findByText(/^50% · /);
    dropFocus();
  },
});

import { expect, within } from 'storybook/test';
import preview from '../.storybook/preview.tsx';
import { service } from '../.storybook/storyService.ts';
import { described } from './described.ts';
import { argTypes } from './argTypes.ts';
import { InlineDownload } from './InlineDownload.tsx';
import { expectGets, giving, givenTo, spend } from './reaching.tsx';
import { nowhere } from './sinks.ts';
import { plan } from './states.ts';

const meta = preview.meta({
  title: 'useArtifactDownload',
  parameters: described(
    'The same behaviour with your own markup: spread the prop bags, and one GET, focus, progress and announcements are as they are in the button.',
  ),
  component: InlineDownload,
  tags: ['autodocs'],
  argTypes,
  args: { token: null, sink: nowhere },
  loaders: giving(() => ({ token: service.issue({ ...plan, bytesPerSecond: 4_000_000 }) })),
  render: (args, { loaded }) => <InlineDownload {...args} {...givenTo(loaded)} />,
});

/** A link’s look, a button’s nature: it sits in a line of text, and Tab, Enter and Space work. */
export const OwnMarkup = meta.story({
  async play({ canvasElement, loaded }) {
    const canvas = within(canvasElement);
    const { token } = givenTo(loaded);
    await spend(canvasElement, token);
    await canvas.findByRole('progressbar', { name: plan.fileName });
    await canvas.findByRole('button', { name: /^Saved A-201/ });
    await expect(canvas.getByRole('status')).toHaveTextContent(/^Saved: /);
    await expectGets(1, token);
  },
});

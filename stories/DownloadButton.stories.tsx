import { expect, within } from 'storybook/test';
import preview from '../.storybook/preview.tsx';
import { service } from '../.storybook/storyService.ts';
import { DownloadButton } from '../src/index.ts';
import { described } from './described.ts';
import { buttonArgTypes } from './argTypes.ts';
import { giving, givenTo, renderGiven, requestsOf } from './reaching.tsx';
import { plan } from './states.ts';

const meta = preview.meta({
  title: 'DownloadButton',
  parameters: described(
    'A button for a single-use download token. It asks with HEAD whether the token is alive, shows the file’s name, type and size, and spends the token on a click and on nothing else.\n\nWhenever a control changes here, a new token is issued.',
  ),
  component: DownloadButton,
  tags: ['autodocs'],
  argTypes: buttonArgTypes,
  args: { token: null },
  loaders: giving(() => ({ token: service.issue(plan) })),
  render: renderGiven,
});

/** Shows name, type and size; a click spends the token and saves the file. */
export const Default = meta.story({
  async play({ canvasElement, loaded }) {
    await within(canvasElement).findByRole('button', {
      name: /^Download A-201 Floor plan Level 2\.pdf PDF · 2\.4 MB$/,
    });
    const { token } = givenTo(loaded);
    await expect([requestsOf(token, 'HEAD'), requestsOf(token, 'GET')]).toEqual([1, 0]);
  },
});

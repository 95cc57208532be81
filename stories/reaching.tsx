import { expect, userEvent, waitFor, within } from 'storybook/test';
import { service } from '../.storybook/storyService.ts';
import { DownloadButton, type DownloadButtonProps } from '../src/index.ts';
import type { StateStory } from './states.ts';

/** What a play function needs to know of its story. */
interface Playing {
  canvasElement: HTMLElement;
  loaded: Record<string, unknown>;
}

/** A loader that issues a token: a new one for each showing of a story, also on a docs page. */
export const giving = (given: () => DownloadButtonProps) => [() => ({ given: given() })];

/** The button of a story that uses {@link giving}. */
export const renderGiven = (args: DownloadButtonProps, { loaded }: Pick<Playing, 'loaded'>) => (
  <DownloadButton {...args} {...givenTo(loaded)} />
);

/** The props that {@link giving} has made. */
export function givenTo(loaded: Playing['loaded']): DownloadButtonProps {
  return loaded['given'] as DownloadButtonProps;
}

/** How many requests of a method the service has got for a token. */
export function requestsOf(token: string | null | undefined, method: 'HEAD' | 'GET'): number {
  return service.requests(token ?? '').filter((request) => request.method === method).length;
}

/** Asserts how often the service was asked to spend each of the tokens. */
export async function expectGets(
  gets: number,
  ...tokens: readonly (string | null | undefined)[]
): Promise<void> {
  for (const token of tokens) {
    // The button says “Starting” before the request has come to the service.
    if (gets > 0) await waitFor(() => expect(requestsOf(token, 'GET')).toBe(gets));
    await expect(requestsOf(token, 'GET')).toBe(gets);
  }
}

/** Clicks on Download, and asserts that nothing had spent the token before, and this did. */
export async function spend(widget: HTMLElement, token: string | null | undefined): Promise<void> {
  const button = await within(widget).findByRole('button', { name: /^Download / });
  await expectGets(0, token);
  await userEvent.click(button);
  await expectGets(1, token);
}

/** Takes the focus away, so that the picture shows a state and not the last click's focus ring. */
export function dropFocus(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** A story that comes into a state, and asserts what it shows and what the server saw of it. */
export function reaching(state: StateStory) {
  return {
    loaders: giving(state.given),
    play: async ({ canvasElement, loaded }: Playing) => {
      const { token } = givenTo(loaded);
      await expectGets(0, token);
      await state.reach?.(canvasElement);
      await expectState(canvasElement, state);
      await expectGets(state.gets, token);
      dropFocus();
    },
  };
}

/** Waits for the state's words. */
export async function expectState(widget: HTMLElement, { named }: StateStory): Promise<void> {
  await within(widget).findByRole('button', { name: named });
}

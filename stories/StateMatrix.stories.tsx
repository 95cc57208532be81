import { within } from 'storybook/test';
import preview from '../.storybook/preview.tsx';
import { described } from './described.ts';
import { freezeClock, thawClock } from './frozenClock.ts';
import { dropFocus, expectGets, expectState } from './reaching.tsx';
import { inWords, StateMatrix, type Given } from './StateMatrix.tsx';
import { states, type StateStory } from './states.ts';

const meta = preview.meta({
  title: 'State matrix',
  component: StateMatrix,
  parameters: {
    layout: 'fullscreen',
    controls: { disable: true },
    ...described('Every state on one page, light and dark, for a review at a glance.'),
  },
  // Frozen by a loader, as the tokens’ ends are reckoned there.
  loaders: [
    () => {
      freezeClock();
      return { given: givenAll() };
    },
  ],
  beforeEach: () => thawClock,
  args: { given: {} },
  render: (_, { loaded }) => <StateMatrix given={loaded['given'] as Given} />,
  async play({ canvasElement, loaded }) {
    const given = loaded['given'] as Given;
    // One after the other: side by side, thirty queries by role keep each other waiting.
    for (const [name, state] of Object.entries<StateStory>(states)) {
      const header = within(canvasElement).getByRole('rowheader', { name: inWords(name) });
      const [light, dark] = within(header.closest('tr') ?? header).getAllByRole('cell');
      if (!light || !dark) throw new Error(`“${name}” has no two cells.`);
      // What is far off screen is not asked yet.
      header.scrollIntoView({ block: 'center' });
      await state.reach?.(light);
      if (state.isOwn) await state.reach?.(dark);
      await expectState(light, state);
      await expectState(dark, state);
      await expectGets(state.gets, given[name]?.token);
    }
    // The last click's focus belongs to no state.
    dropFocus();
  },
});

/**
 * Read down a column: one height, one left edge, an icon for each kind of state. Read along a row:
 * nothing said in one theme is lost in the other. Time stands still here.
 */
export const LightAndDark = meta.story();

/** The mirror image: icon and Cancel change sides, the bar grows from the right, names keep theirs. */
export const RightToLeft = meta.story({ globals: { direction: 'rtl' } });

function givenAll(): Given {
  return Object.fromEntries(
    Object.entries<StateStory>(states).map(([name, { given }]) => [name, given()]),
  );
}

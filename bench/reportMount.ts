import { mountCost } from './mountCost.ts';
import { atMost } from './verdict.ts';

/** P3: what a thousand buttons cost. */
export async function reportMount(): Promise<void> {
  const { buttons, rounds, bare, ours } = await mountCost();
  console.log(`P3  ${buttons} buttons, median of ${rounds} rounds, Chromium, production build\n`);
  atMost('mount, as a ratio to bare useQuery + <button>', ours.mount / bare.mount, 2, '×');
  atMost('commits a button, from mount to ready', ours.commits, 2, ' ');
  console.log(
    `\n(${bare.mount.toFixed(0)} ms bare, ${ours.mount.toFixed(0)} ms ours; bare commits: ${bare.commits})`,
  );
}

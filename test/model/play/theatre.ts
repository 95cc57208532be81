import vm from 'node:vm';
import { Coverage } from '../check/coverage.ts';
import { ChannelsOfOrigin } from '../world/channels.ts';
import { Clock } from '../world/clock.ts';
import type { RunConfig } from '../world/config.ts';
import { Tab } from '../world/Tab.ts';
import { World } from '../world/World.ts';
import { playFinale, type Ending } from './finale.ts';
import * as step from './steps.ts';
import type { Step } from './steps.ts';

/** Where runs are played: it keeps the tabs that a run has left in order for the next one. */
export class Theatre {
  readonly coverage = new Coverage();
  readonly #script: vm.Script;
  readonly #clock = new Clock();
  readonly #channels = new ChannelsOfOrigin();
  #free: Tab[] = [];

  constructor(tabScript: string) {
    this.#script = new vm.Script(tabScript, { filename: 'tab.js' });
  }

  /** Plays one run; throws what was found against the promises. */
  async play(
    config: RunConfig,
    perform: (world: World) => Promise<void>,
    ending: Ending,
  ): Promise<World> {
    const world = new World(config, this.#clock, this.coverage, this.#channels);
    const onRejection = (reason: unknown) => world.violate(`Unhandled: ${String(reason)}`);
    process.on('unhandledRejection', onRejection);
    try {
      for (let count = 0; count < config.tabs; count++) world.tabs.push(await this.#tab(world));
      for (const tab of world.tabs) tab.mount(world.artifact(0), config.button);
      await this.#clock.settle();
      for (const one of openingOf(config)) if (one.check(world)) await one.run(world, world);
      await perform(world);
      await playFinale(world, ending);
      for (const tab of world.tabs) {
        // What a known bug has left behind must not reach the next run.
        if (this.#clock.pending(tab)) tab.close();
        else this.#free.push(tab);
      }
      return world;
    } catch (error) {
      for (const tab of world.tabs) tab.close();
      // Nothing of this run may reach the next one, or a shorter counterexample is none.
      for (const tab of this.#free) tab.close();
      this.#free = [];
      throw error;
    } finally {
      process.off('unhandledRejection', onRejection);
    }
  }

  /** The same for a run that is written out. */
  playSteps(
    config: RunConfig,
    steps: readonly Step[],
    ending: Ending = 'answered',
  ): Promise<World> {
    return this.play(
      config,
      async (world) => {
        for (const one of steps) if (one.check(world)) await one.run(world, world);
      },
      ending,
    );
  }

  close(): void {
    for (const tab of this.#free) tab.close();
    this.#free = [];
  }

  async #tab(world: World): Promise<Tab> {
    const tab = this.#free.pop() ?? (await Tab.open(this.#script, world));
    tab.begin(world);
    return tab;
  }
}

/** The way that most downloads go, as far as this run lets it: what follows may come at any point. */
function openingOf({ opening, asks }: RunConfig): Step[] {
  const way = [
    step.serve(),
    step.click(0),
    step.answerGet(0, 'artifact', true),
    step.sendBytes(0, 4),
    step.endBody(0, true),
    step.letHappen(0),
  ].slice(0, opening);
  return asks ? way.toSpliced(1, 0, step.look(0, true)) : way;
}

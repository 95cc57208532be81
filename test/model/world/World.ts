import type { Coverage } from '../check/coverage.ts';
import { Oracle } from '../check/oracle.ts';
import type { ChannelsOfOrigin } from './channels.ts';
import type { Clock } from './clock.ts';
import type { RunConfig } from './config.ts';
import { LockManagerOfOrigin } from './locks.ts';
import { ScriptedServer, type Artifact, type SentRequest } from './server.ts';
import type { Button, Tab } from './Tab.ts';
import { User } from './user.ts';

/** Something outside a page that happens when a command says so. */
export interface Scheduled {
  readonly tab: Tab;
  readonly what: string;
  readonly happen: () => void;
}

let worlds = 0;

/** One run: a server, an origin, its tabs, their user, and the oracle that watches them all. */
export class World {
  readonly config: RunConfig;
  readonly clock: Clock;
  readonly server: ScriptedServer;
  readonly locks = new LockManagerOfOrigin();
  readonly channels: ChannelsOfOrigin;
  readonly user: User;
  readonly oracle: Oracle;
  readonly coverage: Coverage;
  readonly scheduled: Scheduled[] = [];
  readonly violations: string[] = [];
  tabs: Tab[] = [];
  /** After so many tasks of the pages the next command comes; `Infinity`: when they are at rest. */
  hurry = Infinity;
  /** What is on the screens is what the pages know. */
  isAtRest = true;
  #tick = 0;

  constructor(
    config: RunConfig,
    clock: Clock,
    coverage: Coverage,
    /** Of a tab's whole life: it keeps a channel open from one run to the next. */
    channels: ChannelsOfOrigin,
  ) {
    this.config = config;
    this.channels = channels;
    channels.forget();
    this.clock = clock;
    this.coverage = coverage;
    this.server = new ScriptedServer(this);
    this.user = new User(this);
    this.oracle = new Oracle(this);
    // Needs encoding, and holds what a digest or a path must not be mistaken for.
    const canary = `canary/${++worlds}+é%`;
    config.tokens.forEach(({ state, lengths }, index) => {
      const bytes = Uint8Array.from(
        { length: 12 },
        (_, at) => (at + 40 * (index + 1) + worlds) % 256,
      );
      this.server.artifacts.push({ index, token: `${canary}${index}`, bytes, lengths, state });
    });
  }

  /** The order in which things happen. */
  tick(): number {
    return ++this.#tick;
  }

  violate(what: string): void {
    this.violations.push(what);
  }

  /** All that was said between tabs is heard. */
  deliverMessages(): void {
    const messages = this.scheduled.filter(({ what }) => what.startsWith('message '));
    for (const one of messages) this.scheduled.splice(this.scheduled.indexOf(one), 1);
    for (const { tab, happen } of messages) tab.guard(happen);
  }

  /** Everything the browser does in its own time: disks, locks, channels. */
  later(tab: Tab, what: string, happen: () => void): void {
    const run = () => tab.guard(happen);
    if (this.config.outside === 'prompt') this.clock.set(tab, run);
    else this.scheduled.push({ tab, what, happen: run });
  }

  get buttons(): Button[] {
    return this.tabs.flatMap((tab) => tab.buttons);
  }

  onRequest(request: SentRequest, init: RequestInit): void {
    this.oracle.onRequest(request, init);
  }

  onSaved(tab: Tab, bytes: Uint8Array, fileName: string, type: string): void {
    this.oracle.onSaved(tab, bytes, fileName, type);
  }

  artifact(index: number): Artifact {
    const { artifacts } = this.server;
    return artifacts[index % artifacts.length] as Artifact;
  }
}

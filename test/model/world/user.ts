import type { Button, Tab } from './Tab.ts';
import type { World } from './World.ts';

/** What a person sees of a button. */
export interface Sight {
  readonly status: string;
  readonly phase: string | null;
  readonly reason: string | null;
  readonly text: string;
  readonly isInert: boolean;
  /** Listed among a tab's buttons, but not on the screen yet. */
  readonly isThere: boolean;
}

const NOTHING: Sight = {
  status: 'nothing',
  phase: null,
  reason: null,
  text: '',
  isInert: true,
  isThere: false,
};

/** Looks and acts as a person does: by what is on the page, with real DOM events. */
export class User {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  see(button: Button): Sight {
    const root = this.#rootOf(button);
    const main = this.#mainOf(button);
    if (!root || !main) return NOTHING;
    return {
      status: root.dataset['status'] ?? '',
      phase: root.dataset['phase'] ?? null,
      reason: root.dataset['reason'] ?? null,
      text: main.textContent,
      isInert: main.getAttribute('aria-disabled') === 'true',
      isThere: true,
    };
  }

  /** @param detail the how manieth click of a row; 0: by keyboard or script. */
  click(button: Button, detail = 1): void {
    const main = this.#mainOf(button);
    if (!main) return;
    if (detail <= 1) this.#world.oracle.onActivation(button, this.see(button));
    this.#dispatch(button.tab, main, 'click', detail);
  }

  /** Holds Enter: the key repeats, and a browser clicks for each repeat that nobody prevents. */
  holdEnter(button: Button, repeats: number): void {
    for (let count = 0; count <= repeats; count++) {
      const main = this.#mainOf(button);
      if (!main) return;
      const { KeyboardEvent } = button.tab.window;
      const down = new KeyboardEvent('keydown', {
        key: 'Enter',
        repeat: count > 0,
        bubbles: true,
        cancelable: true,
      });
      button.tab.guard(() => main.dispatchEvent(down));
      if (count === 0) this.#world.oracle.onActivation(button, this.see(button));
      if (!down.defaultPrevented) this.#dispatch(button.tab, main, 'click', 0);
    }
  }

  /** @returns whether there was something to cancel. */
  cancel(button: Button, detail = 1): boolean {
    const cancel = this.#cancelOf(button);
    if (!cancel) return false;
    const { tab } = button;
    const running = this.#world.server.requests.filter(
      (one) => one.tab === tab && !one.signal?.aborted,
    );
    this.#dispatch(tab, cancel, 'click', detail);
    if (detail > 1 && running.some(({ signal }) => signal?.aborted)) {
      this.#world.violate('E2 the second click of a double click canceled what the first began');
    }
    return true;
  }

  canCancel(button: Button): boolean {
    return this.#cancelOf(button) !== null;
  }

  turn(tab: Tab, isOnline: boolean): void {
    tab.isOnline = isOnline;
    this.#tell(tab, tab.window, isOnline ? 'online' : 'offline');
  }

  look(tab: Tab, isVisible: boolean): void {
    tab.isVisible = isVisible;
    if (!isVisible) tab.wasHidden = true;
    this.#tell(tab, tab.window.document, 'visibilitychange');
  }

  /** Leaves for another page, and comes back to this one as it was. */
  goAndComeBack(tab: Tab): void {
    for (const type of ['pagehide', 'pageshow']) {
      const event = new tab.window.PageTransitionEvent(type, { persisted: true });
      tab.guard(() => tab.window.dispatchEvent(event));
    }
  }

  #dispatch(tab: Tab, element: HTMLElement, type: string, detail: number): void {
    const { MouseEvent } = tab.window;
    const event = new MouseEvent(type, { bubbles: true, cancelable: true, detail });
    tab.guard(() => element.dispatchEvent(event));
  }

  #tell(tab: Tab, target: EventTarget, type: string): void {
    tab.guard(() => target.dispatchEvent(new tab.window.Event(type, { bubbles: true })));
  }

  #rootOf({ tab, id }: Button): HTMLElement | null {
    const place = tab.window.document.getElementById(`button-${id}`);
    return (place?.firstElementChild ?? null) as HTMLElement | null;
  }

  /** The button that is there in every state. */
  #mainOf(button: Button): HTMLElement | null {
    return this.#rootOf(button)?.getElementsByTagName('button')[0] ?? null;
  }

  /** The second button, which says what it cancels. */
  #cancelOf(button: Button): HTMLElement | null {
    const second = this.#rootOf(button)?.getElementsByTagName('button')[1] ?? null;
    return second?.getAttribute('aria-label')?.startsWith('Cancel') ? second : null;
  }
}

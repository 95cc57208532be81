// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { DownloadButton } from '../../src/index.ts';
import {
  artifactHandlers,
  createArtifactService,
  scenarios,
  type ScenarioName,
} from '../../src/testing/index.ts';
import { takeSavedFiles } from '../react/savedFiles.ts';

/** What the button comes to by itself, and after a click, where one is of use. */
const SHOWN: Record<ScenarioName, [before: [string, RegExp], after?: [string, RegExp]]> = {
  ready: [
    ['ready', /site-plan\.pdf.*2 MB/],
    ['completed', /Sent to/],
  ],
  readyWithoutDetails: [
    ['ready', /details are not available/],
    ['completed', /Sent to/],
  ],
  expiresSoon: [
    ['ready', /2 MB/],
    ['completed', /Sent to/],
  ],
  expired: [['expired', /Link no longer works/]],
  consumed: [['expired', /Link no longer works/]],
  unknown: [['expired', /Link no longer works/]],
  busy: [['unreachable', /can’t answer now.*again at/]],
  busyAtFirst: [['unreachable', /can’t answer now.*again at/]],
  unreachable: [['unreachable', /can’t be reached/]],
  silent: [['checking', /Checking link…/]],
  webPage: [['unreachable', /unexpected answer/]],
  slow: [['checking', /Checking link…/]],
  unknownLength: [
    ['ready', /^(?!.*MB)/],
    ['completed', /Sent to/],
  ],
  encoded: [
    ['ready', /^(?!.*MB)/],
    ['completed', /Sent to/],
  ],
  hiddenName: [
    ['ready', /download\.pdf/],
    ['completed', /Sent to/],
  ],
  empty: [
    ['ready', /0 byte/],
    ['completed', /Sent to/],
  ],
  huge: [
    ['ready', /10 GB/],
    // jsdom has memory, and nothing else.
    ['ready', /Download anyway/],
  ],
  deadAtGet: [
    ['ready', /2 MB/],
    ['expired', /Link no longer works/],
  ],
  refusedAtGet: [
    ['ready', /2 MB/],
    ['failed', /Download failed/],
  ],
  failsAtGet: [
    ['ready', /2 MB/],
    ['ready', /Interrupted\. The link still works/],
  ],
  failsOnceAtGet: [
    ['ready', /2 MB/],
    ['ready', /Interrupted\. The link still works/],
  ],
  silentAtGet: [
    ['ready', /2 MB/],
    ['downloading', /Starting download…/],
  ],
  outcomeUnknown: [
    ['ready', /details are not available/],
    ['failed', /Whether the link still works is not known/],
  ],
  breaksOff: [
    ['ready', /2 MB/],
    ['failed', /connection was lost/],
  ],
  stalls: [
    ['ready', /2 MB/],
    ['downloading', /50%/],
  ],
  incomplete: [
    ['ready', /4\.1 MB/],
    ['failed', /Only a part of the file came/],
  ],
};

const service = createArtifactService();
const server = setupServer(...artifactHandlers(service));
beforeAll(() => server.listen());
afterAll(() => server.close());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it.each(Object.entries(SHOWN))(
  '%s shows what its recipe says',
  async (name, [before, after]) => {
    takeSavedFiles();
    const token = scenarios[name as ScenarioName](service);
    const { container, unmount } = render(<DownloadButton token={token} whenUnmounted="cancel" />);
    const expectShown = ([status, words]: [string, RegExp]) =>
      waitFor(
        () => {
          const root = container.querySelector('[data-status]');
          expect(root?.getAttribute('data-status')).toBe(status);
          expect(root?.textContent).toMatch(words);
        },
        // The button asks an unreachable server more than once before it says so.
        { timeout: 15_000 },
      );
    await expectShown(before);
    if (after === undefined) return;
    await userEvent.click(screen.getByRole('button'));
    await expectShown(after);
    // Ends what is still under way, so that nothing of it reaches the next test.
    unmount();
  },
  20_000,
);

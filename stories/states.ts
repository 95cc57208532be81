import { userEvent, within } from 'storybook/test';
import { service } from '../.storybook/storyService.ts';
import type { DownloadButtonProps } from '../src/index.ts';
import { artifactBytes, scenarios } from '../src/testing/index.ts';
import { goOffline } from './connection.ts';
import { denyDisk } from './disk.ts';
import { actElsewhere } from './otherTab.ts';
import * as sinks from './sinks.ts';

/** The file of most stories. */
export const plan = {
  fileName: 'A-201 Floor plan Level 2.pdf',
  contentType: 'application/pdf',
  size: 2_410_000,
};

/** How a button comes into one state, and how that is told. */
export interface StateStory {
  /** Issues a token with a story of its own, and says what else the button is given. */
  readonly given: () => DownloadButtonProps;
  /** What a person does to get there. Default: nothing. */
  readonly reach?: (widget: HTMLElement) => Promise<void>;
  /** It belongs to a button: another one with the same token has to be brought there, too. */
  readonly isOwn?: true;
  /** The button's accessible name, once it is there. */
  readonly named: RegExp;
  /** GETs on the way. */
  readonly gets: 0 | 1;
}

const press = async (widget: HTMLElement, name: RegExp) =>
  userEvent.click(await within(widget).findByRole('button', { name }));
const download = (widget: HTMLElement) => press(widget, /^Download /);
const reissue = async () => service.issue(plan);
const savedNowhere = { sink: sinks.nowhere };

/** Every state that can be reached, by real requests and real clicks. */
export const states = {
  preparing: { given: () => ({ token: null }), named: /^Preparing download…$/, gets: 0 },
  checking: {
    given: () => ({ token: scenarios.silent(service, plan) }),
    named: /^Checking link…$/,
    gets: 0,
  },

  ready: {
    given: () => ({ token: service.issue(plan), ...savedNowhere }),
    named: /^Download A-201 Floor plan Level 2\.pdf PDF · 2\.4 MB$/,
    gets: 0,
  },
  readyWithoutDetails: {
    given: () => ({ token: scenarios.readyWithoutDetails(service, plan), ...savedNowhere }),
    named: /^Download File details are not available$/,
    gets: 0,
  },
  readyUntilLater: {
    given: () => ({
      token: service.issue(plan),
      expiresAt: new Date(2099, 11, 31, 12),
      ...savedNowhere,
    }),
    named: /PDF · 2\.4 MB · Link works until Dec 31, 2099/,
    gets: 0,
  },
  readyUntilSoon: {
    given: () => ({
      token: service.issue({ ...plan, expiresIn: 80_000 }),
      expiresAt: Date.now() + 80_000,
      ...savedNowhere,
    }),
    named: /PDF · 2\.4 MB · Link expires in \d\d sec$/,
    gets: 0,
  },
  readyAfterCancel: {
    given: () => ({ token: scenarios.silentAtGet(service, plan), ...savedNowhere }),
    async reach(widget) {
      await download(widget);
      await within(widget).findByRole('button', { name: /^Starting/ });
      await press(widget, /^Cancel/);
    },
    named: /^Download A-201 .* Canceled\. The link still works\. PDF · 2\.4 MB$/,
    gets: 1,
  },
  readyMemoryOnly: {
    given: () => ({ token: service.issue({ ...plan, size: 2_410_000_000 }) }),
    async reach(widget) {
      const allow = denyDisk();
      await download(widget);
      await within(widget).findByRole('button', { name: /^Download anyway/ });
      allow();
    },
    named:
      /^Download anyway A-201 .* This browser can only keep the file in memory, and may run out of it\. PDF · 2\.4 GB$/,
    gets: 0,
  },
  readyAfterInterruption: {
    given: () => ({ token: scenarios.failsOnceAtGet(service, plan), ...savedNowhere }),
    reach: download,
    named: /^Download A-201 .* Interrupted\. The link still works\. PDF · 2\.4 MB$/,
    gets: 1,
  },

  unreachableOffline: {
    given: () => ({ token: service.issue(plan), ...savedNowhere }),
    async reach(widget) {
      const button = await within(widget).findByRole('button', { name: /^Download / });
      // At once and not by `userEvent`, or other buttons on the page would notice.
      const goOnline = goOffline({ quietly: true });
      button.click();
      goOnline();
    },
    named: /^Check again A-201 .* You are offline\.$/,
    gets: 0,
  },
  unreachableNetwork: {
    given: () => ({ token: scenarios.unreachable(service, plan), ...savedNowhere }),
    named: /^Check again The server can’t be reached\.$/,
    gets: 0,
  },
  unreachableBusy: {
    given: () => ({
      token: scenarios.busy(service, {
        ...plan,
        faults: { head: { status: 503, retryAfter: 300 } },
      }),
      ...savedNowhere,
    }),
    named: /^Check again The server can’t answer now\. Trying again at \d/,
    gets: 0,
  },
  unreachableForeign: {
    given: () => ({ token: scenarios.webPage(service, plan), ...savedNowhere }),
    named: /^Check again The server gave an unexpected answer\.$/,
    gets: 0,
  },
  unreachableAfterBreak: {
    given: () => ({
      token: service.issue({
        ...plan,
        faults: { head: [null, { status: 503, retryAfter: 300 }], get: { breakAt: 900_000 } },
      }),
      ...savedNowhere,
    }),
    reach: download,
    named: /^Check again A-201 .* The server can’t answer now\. Trying again at \d/,
    gets: 1,
  },

  expiredRejected: {
    given: () => ({ token: scenarios.consumed(service, plan) }),
    named: /^Link no longer works Expired or already used\. Ask for a new link\.$/,
    gets: 0,
  },
  expiredAtTheClick: {
    given: () => ({ token: scenarios.deadAtGet(service, plan), ...savedNowhere }),
    reach: download,
    named: /^Link no longer works A-201 .* Expired or already used\. Ask for a new link\.$/,
    gets: 1,
  },
  expiredLapsed: {
    given: () => ({ token: service.issue({ ...plan, expiresIn: 0 }), expiresAt: Date.now() - 1 }),
    named: /^Link expired Ask for a new link\.$/,
    gets: 0,
  },
  expiredCanceled: {
    given: () => ({ token: scenarios.stalls(service, plan), ...savedNowhere }),
    async reach(widget) {
      await download(widget);
      await within(widget).findByText(/^50% · /);
      await press(widget, /^Cancel/);
    },
    named: /^Download canceled A-201 .* The link is used up\. Ask for a new link\.$/,
    gets: 1,
  },
  expiredElsewhere: {
    given: () => ({ token: spentElsewhere('downloading') }),
    named: /^Downloading in another tab A-201 .* A link can be used once\.$/,
    gets: 0,
  },
  expiredDownloaded: {
    given: () => ({ token: spentElsewhere('downloaded') }),
    named: /^Downloaded in another tab A-201 .* The link is used up\.$/,
    gets: 0,
  },
  expiredMalformed: {
    given: () => ({ token: '..' }),
    named: /^Link not valid Incomplete or damaged\. Ask for a new link\.$/,
    gets: 0,
  },

  choosing: {
    given: () => ({ token: service.issue(plan), sink: sinks.undecided }),
    reach: download,
    named: /^Choose where to save… A-201 .*\.pdf$/,
    gets: 0,
  },
  requesting: {
    given: () => ({ token: scenarios.silentAtGet(service, plan), ...savedNowhere }),
    reach: download,
    named: /^Starting download… A-201 .*\.pdf$/,
    gets: 1,
  },
  receiving: {
    given: () => ({ token: scenarios.stalls(service, plan), ...savedNowhere }),
    async reach(widget) {
      await download(widget);
      await within(widget).findByText(/^50% · /);
    },
    named: /^Downloading… A-201 .*\.pdf$/,
    gets: 1,
  },
  receivingUnknownSize: {
    given: () => ({
      token: scenarios.unknownLength(service, { ...plan, body: halfOfPlan }),
      ...savedNowhere,
    }),
    async reach(widget) {
      await download(widget);
      await within(widget).findByText(/^1\.2.MB received/);
    },
    named: /^Downloading… A-201 .*\.pdf$/,
    gets: 1,
  },
  saving: {
    given: () => ({ token: service.issue(plan), sink: sinks.endless }),
    reach: download,
    named: /^Saving… A-201 .*\.pdf$/,
    gets: 1,
  },

  completedSaved: {
    given: () => ({ token: service.issue(plan), sink: sinks.nowhere }),
    reach: download,
    named: /^Saved A-201 .*\.pdf 2\.4 MB$/,
    gets: 1,
  },
  completedHandedOver: {
    given: () => ({ token: service.issue(plan), sink: sinks.elsewhere }),
    reach: download,
    named: /^Sent to your browser’s downloads A-201 .*\.pdf 2\.4 MB · Save again$/,
    gets: 1,
  },

  failedToHandOver: {
    given: () => ({ token: service.issue(plan), sink: sinks.reluctant }),
    reach: download,
    named: /^Save again A-201 .* The file could not be saved\.$/,
    gets: 1,
  },
  failedToSave: {
    given: () => ({ token: service.issue(plan), sink: sinks.full }),
    reach: download,
    named: /^Download failed A-201 .* Not enough space for the file\. Ask for a new link\.$/,
    gets: 1,
  },
  failedInterrupted: {
    given: () => ({ token: scenarios.breaksOff(service, plan), ...savedNowhere }),
    reach: download,
    named: /^Download failed A-201 .* The connection was lost\. Ask for a new link\.$/,
    gets: 1,
  },
  failedIncomplete: {
    given: () => ({ token: scenarios.incomplete(service, plan), ...savedNowhere }),
    reach: download,
    named: /^Download failed A-201 .* Only a part of the file came\. Ask for a new link\.$/,
    gets: 1,
  },
  failedStalled: {
    given: () => ({
      token: scenarios.stalls(service, plan),
      stallTimeout: 500,
      ...savedNowhere,
    }),
    reach: download,
    named: /^Download failed A-201 .* The server stopped answering\. Ask for a new link\.$/,
    gets: 1,
  },
  failedRefused: {
    given: () => ({ token: scenarios.refusedAtGet(service, plan), ...savedNowhere }),
    reach: download,
    named: /^Download failed A-201 .* The server gave an unexpected answer\. Ask for a new link\.$/,
    gets: 1,
  },
  failedUnknown: {
    given: () => ({ token: scenarios.outcomeUnknown(service, plan), ...savedNowhere }),
    reach: download,
    named: /^Download failed Whether the link still works is not known\. Ask for a new link\.$/,
    gets: 1,
  },
  failedSetUp: {
    given: () => ({ token: service.issue(plan), endpoint: 'ftp://example.com' }),
    named: /^Download failed This download is not set up correctly\.$/,
    gets: 0,
  },

  expiredRenewable: {
    given: () => ({ token: scenarios.consumed(service, plan), renewToken: reissue }),
    named: /^Link no longer works Expired or already used\. · Get a new link$/,
    gets: 0,
  },
  failedRenewable: {
    given: () => ({
      token: scenarios.breaksOff(service, plan),
      renewToken: reissue,
      ...savedNowhere,
    }),
    reach: download,
    named: /^Download failed A-201 .* The connection was lost\. · Get a new link$/,
    gets: 1,
  },
  failedToRenew: {
    given: () => ({
      token: scenarios.consumed(service, plan),
      renewToken: () => Promise.reject(new Error('No.')),
    }),
    reach: (widget) => press(widget, /Get a new link$/),
    isOwn: true,
    named: /^Download failed No new link could be had\. · Get a new link$/,
    gets: 0,
  },
  renewing: {
    given: () => ({
      token: scenarios.consumed(service, plan),
      renewToken: () => new Promise(() => {}),
    }),
    reach: (widget) => press(widget, /Get a new link$/),
    isOwn: true,
    named: /^Getting a new link…$/,
    gets: 0,
  },
} satisfies Record<string, StateStory>;

function spentElsewhere(word: 'downloading' | 'downloaded'): string {
  const token = service.issue(plan);
  actElsewhere(token, word);
  return token;
}

/** Half of {@link plan}, and then nothing more: a stall whose headers say no length. */
function halfOfPlan(): ReadableStream<Uint8Array> {
  const never = new Promise<void>(() => {});
  return artifactBytes(plan.size / 2, plan.fileName).pipeThrough(
    new TransformStream({ flush: () => never }),
  );
}

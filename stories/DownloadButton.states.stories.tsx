import preview from '../.storybook/preview.tsx';
import { DownloadButton } from '../src/index.ts';
import { described } from './described.ts';
import { buttonArgTypes } from './argTypes.ts';
import { reaching, renderGiven } from './reaching.tsx';
import { states } from './states.ts';

const meta = preview.meta({
  title: 'DownloadButton/States',
  parameters: described(
    'Every state there is, reached by real requests to a mocked server and, where it takes one, by a real click. On this page nothing is clicked for you: the later states start as “Download”.',
  ),
  component: DownloadButton,
  tags: ['autodocs'],
  argTypes: buttonArgTypes,
  args: { token: null },
  render: renderGiven,
});

/** The app has no token yet. Inert, yet it can be focused; already as high as it will ever be. */
export const Preparing = meta.story(reaching(states.preparing));

/** HEAD is under way. Looks like “Preparing” but for its words; nothing jumps when the answer comes. */
export const Checking = meta.story(reaching(states.checking));

/** Label, name, type and size, in this order of weight. */
export const Ready = meta.story(reaching(states.ready));

/** The server answers no HEAD. The missing details are said in a muted voice; nothing looks broken. */
export const ReadyWithoutDetails = meta.story(reaching(states.readyWithoutDetails));

/** The app knows when the token ends: a date, no countdown. */
export const ReadyUntilLater = meta.story(reaching(states.readyUntilLater));

/** Within the last 90 seconds: a countdown whose digits keep their places. */
export const ReadyUntilSoon = meta.story(reaching(states.readyUntilSoon));

/** Canceled before the server spent the token: HEAD was asked, and the link still works. */
export const ReadyAfterCancel = meta.story(reaching(states.readyAfterCancel));

/** A large file where the disk is denied, as in private windows. The first click has sent nothing. */
export const ReadyMemoryOnly = meta.story(reaching(states.readyMemoryOnly));

/** The GET failed, but HEAD says that the token is alive: the same button, with a word about it. */
export const ReadyAfterInterruption = meta.story(reaching(states.readyAfterInterruption));

/** A click while offline. Nothing was sent, and nothing will be by itself. */
export const UnreachableOffline = meta.story(reaching(states.unreachableOffline));

/** No answer, or one that CORS keeps from the page: the two can't be told apart. */
export const UnreachableNetwork = meta.story(reaching(states.unreachableNetwork));

/** 503 with `Retry-After`: says when it asks again by itself; a click asks now. */
export const UnreachableBusy = meta.story(reaching(states.unreachableBusy));

/** A login page in the download’s place. */
export const UnreachableForeign = meta.story(reaching(states.unreachableForeign));

/** A download broke off, and HEAD can’t tell yet what became of the token: no guess is shown. */
export const UnreachableAfterBreak = meta.story(reaching(states.unreachableAfterBreak));

/** Dead before the page was opened. Calm, flat, and nothing to press: it is no error. */
export const ExpiredRejected = meta.story(reaching(states.expiredRejected));

/** Another tab was faster: the GET found the token dead. The name stays. */
export const ExpiredAtTheClick = meta.story(reaching(states.expiredAtTheClick));

/** `expiresAt` has passed: said without a request. */
export const ExpiredLapsed = meta.story(reaching(states.expiredLapsed));

/** Canceled half way, when the token was spent already. */
export const ExpiredCanceled = meta.story(reaching(states.expiredCanceled));

/** Another tab of this browser has the token: said without a click, and in no alarming colour. */
export const ExpiredElsewhere = meta.story(reaching(states.expiredElsewhere));

/** Another tab has the file. Nothing is wrong, and nothing is left to do. */
export const ExpiredDownloaded = meta.story(reaching(states.expiredDownloaded));

/** A token that can’t stand in a URL: no request was sent. */
export const ExpiredMalformed = meta.story(reaching(states.expiredMalformed));

/** The destination is being opened, and no GET is sent before it is there. Cancel costs nothing. */
export const Choosing = meta.story(reaching(states.choosing));

/** Between the GET and its answer: a bar without a length. */
export const Requesting = meta.story(reaching(states.requesting));

/** Half way: percentage, bytes, and a bar that touches no rounded corner. */
export const Receiving = meta.story(reaching(states.receiving));

/** The server tells no length: bytes, but no percentage, and a bar that sweeps. */
export const ReceivingUnknownSize = meta.story(reaching(states.receivingUnknownSize));

/** All bytes are in, and the disk is still busy: a full bar. */
export const Saving = meta.story(reaching(states.saving));

/** The destination was closed: “Saved” is a fact here. */
export const CompletedSaved = meta.story(reaching(states.completedSaved));

/** Browsers don’t tell how their downloads end, so no more is claimed. “Save again” sends nothing. */
export const CompletedHandedOver = meta.story(reaching(states.completedHandedOver));

/** Every byte is here, but was not saved: a click saves it, without a request. */
export const FailedToHandOver = meta.story(reaching(states.failedToHandOver));

/** The disk was full. The token is spent, and a new link is all that helps. */
export const FailedToSave = meta.story(reaching(states.failedToSave));

/** The connection broke half way, and HEAD says that the token is spent. */
export const FailedInterrupted = meta.story(reaching(states.failedInterrupted));

/** The body ended short of its length: not saved as if it were whole. */
export const FailedIncomplete = meta.story(reaching(states.failedIncomplete));

/** No byte came for `stallTimeout`. */
export const FailedStalled = meta.story(reaching(states.failedStalled));

/** The server does not do GET. */
export const FailedRefused = meta.story(reaching(states.failedRefused));

/** Broken off at a server that answers no HEAD: nobody knows, and the button says so. */
export const FailedUnknown = meta.story(reaching(states.failedUnknown));

/** An endpoint that is no http(s) URL: for the developer’s eyes, so no new link is asked for. */
export const FailedSetUp = meta.story(reaching(states.failedSetUp));

/** The app can get a new link: the whole card is the button for it. */
export const ExpiredRenewable = meta.story(reaching(states.expiredRenewable));

/** The same after a failure that cost the token. */
export const FailedRenewable = meta.story(reaching(states.failedRenewable));

/** The app could not get one: said, and offered again. */
export const FailedToRenew = meta.story(reaching(states.failedToRenew));

/** A new link is on its way: inert, with the focus where it was. */
export const Renewing = meta.story(reaching(states.renewing));

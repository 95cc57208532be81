/**
 * All that an answer or a click needs, in one piece: the first load of an app carries none of it,
 * and no button is ready before it is here. See `loadLate.ts`.
 */
export { learn } from './life.ts';
export { joinTabs } from './tabs.ts';
export { readInspection } from '../protocol/readInspection.ts';
export { untilNear } from './untilNear.ts';

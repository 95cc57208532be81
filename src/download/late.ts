/**
 * All that an answer or a click needs, in one piece: the first load of an app carries none of it,
 * and no button is ready before it is here. See `loadLate.ts`.
 */
export { cancel, learn, saveAgain, start } from './life.ts';
export { readInspection } from '../protocol/readInspection.ts';
export { safeFileName } from '../protocol/safeFileName.ts';

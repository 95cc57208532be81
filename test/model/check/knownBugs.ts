/**
 * What is known to break a promise and not mended yet, so that the model can go on to look for what
 * is not known. Each has a test in `counterexamples.test.ts`; mend it, and take the line out here.
 */
export const KNOWN_BUGS: readonly string[] = [];

import { cancelSuite } from './cancelSuite.ts';
import { largeFilesSuite } from './largeFilesSuite.ts';
import { savedFilesSuite } from './savedFilesSuite.ts';
import { tabsSuite } from './tabsSuite.ts';
import { truncationSuite } from './truncationSuite.ts';

/** What holds in every engine. */
export const allSuites = [
  savedFilesSuite,
  cancelSuite,
  truncationSuite,
  largeFilesSuite,
  tabsSuite,
] as const;

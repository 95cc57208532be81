import { allSuites } from './allSuites.ts';
import { startWebKit } from './webkit.ts';
import { describeEngine } from './describeEngine.ts';

describeEngine('WebKit', startWebKit, allSuites);

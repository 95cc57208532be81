import { allSuites } from './allSuites.ts';
import { startFirefox } from './firefox.ts';
import { describeEngine } from './describeEngine.ts';

describeEngine('Firefox', startFirefox, allSuites);

import { allSuites } from './allSuites.ts';
import { startChromium } from './chromium.ts';
import { describeEngine } from './describeEngine.ts';

describeEngine('Chromium', startChromium, allSuites);

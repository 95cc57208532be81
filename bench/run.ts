import { readFlags, type Flags, type Part } from './flags.ts';
import { reportLargeFiles } from './large/reportLargeFiles.ts';
import { reportMount } from './reportMount.ts';
import { reportNames } from './reportNames.ts';
import { reportSizes } from './reportSizes.ts';

const REPORTS: Record<Part, (flags: Flags) => Promise<void>> = {
  size: reportSizes,
  names: reportNames,
  mount: reportMount,
  large: reportLargeFiles,
};

const flags = readFlags(process.argv.slice(2));
for (const part of flags.parts) {
  await REPORTS[part](flags);
  console.log();
}

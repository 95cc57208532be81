import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GUARDS, type Guard } from './guards.ts';

/**
 * Breaks each guard, one at a time, in a copy of the project, and expects its tests to fail: a guard
 * that nobody would miss is not tested. `node test/mutation/checkGuards.ts [part of a name]…`
 */
const wanted = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const copy = await mkdtemp(join(tmpdir(), 'artifact-download-guards-'));
let failures = 0;

/** Runs tests in the copy; resolves with whether all passed. */
function passes({ project, tests }: Pick<Guard, 'project' | 'tests'>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const args = ['vitest', 'run', '--bail', '1', '--project', project, ...tests];
    const run = spawn('npx', args, { cwd: copy, stdio: 'ignore' });
    run.on('error', reject);
    run.on('close', (code) => resolve(code === 0));
  });
}

function tell(isRight: boolean, text: string): void {
  if (!isRight) failures += 1;
  console.log(`${isRight ? '✓' : '✗'} ${text}`);
}

try {
  for (const name of [
    'src',
    'test',
    'demo',
    '.storybook',
    'stories',
    'package.json',
    'tsconfig.json',
    'vite.config.ts',
  ]) {
    await cp(join(root, name), join(copy, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const guards = GUARDS.filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  );

  // Tests that fail by themselves would notice anything.
  for (const project of new Set(guards.map((guard) => guard.project))) {
    const tests = guards.filter((guard) => guard.project === project).flatMap((g) => g.tests);
    const isGreen = await passes({ project, tests: [...new Set(tests)] });
    tell(isGreen, `unbroken, the tests of “${project}” pass`);
  }
  for (const guard of guards) {
    const path = join(copy, guard.file);
    const whole = await readFile(path, 'utf8');
    const found = whole.split(guard.from).length - 1;
    if (found !== 1) {
      tell(false, `${guard.name}: its line stands ${found} times in ${guard.file}`);
      continue;
    }
    await writeFile(
      path,
      whole.replace(guard.from, () => guard.to),
    );
    const isMissed = !(await passes(guard));
    tell(
      isMissed,
      `${guard.promises} ${guard.name}: ${isMissed ? 'missed when broken' : 'NOBODY NOTICED'}`,
    );
    await writeFile(path, whole);
  }
  console.log(`\n${guards.length} guards, ${failures} failures`);
} finally {
  await rm(copy, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;

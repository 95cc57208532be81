import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTree } from '../measure/processTree.ts';

/** Milliseconds that a browser has to end in good order. */
const PATIENCE = 10_000;

export interface BrowserProcess {
  readonly pid: number;
  /** Ends all of it, gently if it lets us. */
  end(): Promise<void>;
}

/** Starts a browser; it ends with this process at the latest. */
export async function spawnBrowser(
  path: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<BrowserProcess> {
  const child = spawn(path, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  await once(child, 'spawn');
  const pid = child.pid as number;
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    pid,
    async end() {
      const tree = processTree(pid);
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await Promise.race([exited, sleep(PATIENCE, null, { ref: false })]);
      }
      process.off('exit', kill);
      // Whoever of them is left would hold the profile's files.
      for (const left of tree) {
        try {
          process.kill(left, 'SIGKILL');
        } catch {
          // Gone, as it should be.
        }
      }
    },
  };
}

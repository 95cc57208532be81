import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that descend from it; elsewhere than on Linux just itself. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of processes()) {
    // `pid (name) state ppid …`, and a name may hold anything.
    const stat = readProcess(name, 'stat');
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = [root];
  for (const parent of tree) {
    for (const [pid, of] of parents) if (of === parent) tree.push(pid);
  }
  return tree;
}

/** A file of a process, or nothing when it has ended meanwhile. */
export function readProcess(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

function processes(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

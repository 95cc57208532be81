import { readdir, readFile } from 'node:fs/promises';

/** A process and all that descend from it; elsewhere than on Linux just itself. */
export async function processTree(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '');
    // `pid (name) state ppid …`, and a name may hold anything.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = [root];
  for (const parent of tree) {
    tree.push(...[...parents].filter(([, of]) => of === parent).map(([pid]) => pid));
  }
  return tree;
}

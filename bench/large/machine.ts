import { readFile } from 'node:fs/promises';
import { cpus, platform, release, totalmem } from 'node:os';

/** The machine in general words, read from the system: figures mean nothing without. */
export async function machineInWords(): Promise<string> {
  const about = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const system = /^PRETTY_NAME="?([^"\n]+)/m.exec(about)?.[1] ?? `${platform()} ${release()}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB RAM`;
  return `${cpus().length} cores, ${memory}, a disk of unknown kind, ${system}, Node ${process.version}`;
}

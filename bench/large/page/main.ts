import type { WayName } from '../../flags.ts';
import { ENDPOINT, FILE_NAME, type Order, type Report } from '../server/messages.ts';
import { observe } from './observe.ts';
import type { Way } from './way.ts';

// One way a page load, and no other's code: what one way sets up must not disturb another.
const WAYS: Record<WayName, () => Promise<{ default: Way }>> = {
  native: () => import('./ways/native.ts'),
  ours: () => import('./ways/ours.tsx'),
  'file-saver': () => import('./ways/fileSaver.ts'),
  'react-use-downloader': () => import('./ways/reactUseDownloader.tsx'),
  chunks: () => import('./ways/chunks.ts'),
  streamsaver: () => import('./ways/streamSaver.ts'),
  'native-file-system-adapter': () => import('./ways/nativeFileSystemAdapter.ts'),
};

const root = document.getElementById('root') as HTMLElement;
const query = new URLSearchParams(location.search);
const token = query.get('token') ?? '';

function tell(report: Report): void {
  void fetch('/told', { method: 'POST', body: JSON.stringify(report) });
}
function fail(error: unknown): void {
  tell({ kind: 'failed', message: error instanceof Error ? String(error) : JSON.stringify(error) });
}
addEventListener('error', ({ error }) => fail(error));
addEventListener('unhandledrejection', ({ reason }) => fail(reason));

const { default: way } = await WAYS[query.get('way') as WayName]();
const file = {
  token,
  url: `${ENDPOINT}/${token}`,
  name: FILE_NAME,
  size: Number(query.get('size')),
};
await way.mount(root, file, fail);
const observed = observe();

const orders = new EventSource('/orders');
orders.addEventListener('message', ({ data }) => {
  const order = JSON.parse(data as string) as Order;
  if (order.do === 'click') document.querySelector<HTMLElement>(order.selector)?.click();
  else void observed().then((seen) => tell({ kind: 'observed', ...seen, words: root.innerText }));
});
orders.addEventListener('open', () => tell({ kind: 'ready' }), { once: true });

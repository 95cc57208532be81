import { dehydrate, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import {
  DownloadButton,
  memorySink,
  type ArtifactDownloadState,
  type DownloadSink,
} from '../../../src/index.ts';
import '../../../src/styles/download-button.css';
import { globalStrings } from './globalStrings.ts';
import type { MountSetup } from './testHost.ts';

/** Defaults an app may well have, each of which would send too much if it reached a download. */
const hostile = new QueryClient({
  defaultOptions: {
    queries: {
      retry: 5,
      retryDelay: 1,
      networkMode: 'online',
      staleTime: 0,
      gcTime: Infinity,
      refetchOnMount: 'always',
      refetchOnReconnect: 'always',
      refetchOnWindowFocus: 'always',
    },
    mutations: { retry: 3, retryDelay: 1, networkMode: 'online' },
  },
});

const broadcasts: unknown[] = [];
if (typeof BroadcastChannel !== 'undefined') {
  const post = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function postAndTell(message) {
    broadcasts.push([this.name, message]);
    post.call(this, message);
  };
}

let hasClicked = false;
const clickingSink: DownloadSink = {
  open(file) {
    if (!hasClicked) {
      hasClicked = true;
      document.querySelector<HTMLElement>('.artifact-download-button')?.click();
    }
    return memorySink.open(file);
  },
};

let root: Root | null = null;
const calls: [name: string, state: ArtifactDownloadState][] = [];

function Page({ buttons, strict = false, client = 'none' }: MountSetup) {
  let page = Object.entries(buttons).map(([place, { sink, renewed, ...button }]) => (
    <p key={place}>
      <DownloadButton
        {...button}
        renewToken={
          renewed &&
          (async () => {
            await new Promise((resolve) => setTimeout(resolve, renewed.after ?? 0));
            return renewed.token;
          })
        }
        sink={sink === 'clicking' ? clickingSink : sink}
        onStatusChange={(state) => calls.push(['onStatusChange', state])}
        onCompleted={(state) => calls.push(['onCompleted', state])}
        onFailed={(state) => calls.push(['onFailed', state])}
      />
    </p>
  ));
  if (strict) page = [<StrictMode key="strict">{page}</StrictMode>];
  return client === 'hostile' ? (
    <QueryClientProvider client={hostile}>{page}</QueryClientProvider>
  ) : (
    page
  );
}

/** Errors say nothing in JSON unless they are told to. */
function spellOut(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { ...Object.fromEntries(Object.entries(value)), name, message, stack, cause };
}

window.testHost = {
  isProduction: process.env.NODE_ENV === 'production',
  mount(setup) {
    root ??= createRoot(document.getElementById('root') as HTMLElement);
    root.render(<Page {...setup} />);
  },
  unmount() {
    root?.unmount();
    root = null;
  },
  callbacks: () => JSON.stringify(calls, spellOut),
  dehydrated: () =>
    JSON.stringify(
      dehydrate(hostile, {
        shouldDehydrateQuery: () => true,
        shouldDehydrateMutation: () => true,
      }),
      spellOut,
    ),
  globalStrings: () => globalStrings(hostile),
  broadcasts: () => JSON.stringify(broadcasts),
};

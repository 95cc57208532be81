import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { DownloadButton } from '../../src/index.ts';
import '../../src/styles/download-button.css';

/** What one list of buttons cost. */
export interface MountResult {
  /** Milliseconds of scripting from the start of the render to the end of its effects. */
  mount: number;
  /** Renders of one button, in the mean, until it was ready. */
  commits: number;
}

declare global {
  interface Window {
    mount: (kind: 'bare' | 'ours', tokens: string[]) => Promise<MountResult>;
  }
}

const ENDPOINT = '/api/open/v1/artifact-downloads';
let renders = 0;

/** What an app would write itself, with none of the care. */
function BareButton({ token }: { token: string }) {
  renders++;
  const { data } = useQuery({
    queryKey: ['bare', token],
    queryFn: async () => {
      const response = await fetch(`${ENDPOINT}/${token}`, { method: 'HEAD' });
      return response.headers.get('Content-Length');
    },
  });
  return <button type="button">{data === undefined ? 'Checking' : `Download ${data}`}</button>;
}

function OurButton({ token }: { token: string }) {
  return (
    <DownloadButton
      token={token}
      // Called once a render: the cheapest way to count them in a production build.
      className={() => {
        renders++;
        return undefined;
      }}
    />
  );
}

window.mount = async (kind, tokens) => {
  const container = document.createElement('div');
  document.body.append(container);
  const root = createRoot(container);
  const Button = kind === 'bare' ? BareButton : OurButton;
  const list: ReactElement = (
    <QueryClientProvider client={new QueryClient()}>
      {tokens.map((token) => (
        <Button key={token} token={token} />
      ))}
    </QueryClientProvider>
  );
  renders = 0;
  const begin = performance.now();
  // Synchronous, effects included: all the work of mounting, and none of the waiting.
  flushSync(() => root.render(list));
  const mount = performance.now() - begin;
  while (container.innerText.match(/Download/g)?.length !== tokens.length) {
    // Seldom: reading the text lays the whole list out.
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const commits = renders / tokens.length;
  root.unmount();
  container.remove();
  return { mount, commits };
};

import { dehydrate, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { DownloadButton, type ArtifactDownloadState, type SinkChoice } from '../../../src/index.ts';

/** One button of a tab's app. */
export interface ButtonOnPage {
  readonly id: number;
  /** Changes when the app takes the button off and puts a new one in its place. */
  readonly incarnation: number;
  readonly token: string | null;
  readonly strict: boolean;
  /** The app's own `QueryClient`, or the library's private one. */
  readonly ownClient: boolean;
  readonly sink: SinkChoice;
  readonly expiresAt: number | null;
  readonly every: number | false;
  readonly whenUnmounted: 'keep' | 'cancel';
  readonly onHeard: (callback: string, state: ArtifactDownloadState) => void;
}

/** What the test can tell the app in a tab. */
export interface TabProgram {
  show(buttons: readonly ButtonOnPage[]): void;
  /** Everything the app could store or show of its query cache. */
  cached(): string;
  /** Begins with an empty cache, as a new page would. */
  forget(): void;
}

let root: Root | null = null;
let client = new QueryClient();

function App({ buttons }: { buttons: readonly ButtonOnPage[] }) {
  return buttons.map((button) => (
    <div key={button.id} id={`button-${button.id}`}>
      <Surroundings key={button.incarnation} {...button} />
    </div>
  ));
}

function Surroundings(props: ButtonOnPage) {
  let ui: ReactNode = <Button {...props} />;
  if (props.ownClient) ui = <QueryClientProvider client={client}>{ui}</QueryClientProvider>;
  return props.strict ? <StrictMode>{ui}</StrictMode> : ui;
}

function Button({ token, sink, expiresAt, every, whenUnmounted, onHeard }: ButtonOnPage) {
  return (
    <DownloadButton
      token={token}
      sink={sink}
      expiresAt={expiresAt}
      recheck={{ every }}
      whenUnmounted={whenUnmounted}
      onStatusChange={(state) => onHeard('onStatusChange', state)}
      onCompleted={(state) => onHeard('onCompleted', state)}
      onFailed={(state) => onHeard('onFailed', state)}
    />
  );
}

const program: TabProgram = {
  show(buttons) {
    root ??= createRoot(document.getElementById('root') as HTMLElement);
    root.render(<App buttons={buttons} />);
  },
  cached() {
    const queries = client.getQueryCache().getAll();
    return JSON.stringify([
      // Pending ones would be complained about when they fail; their keys and states are below.
      dehydrate(client, { shouldDehydrateQuery: ({ state }) => state.status !== 'pending' }),
      queries.map(({ queryKey, queryHash, meta, state }) => [queryKey, queryHash, meta, state]),
      client.getMutationCache().getAll().length,
    ]);
  },
  forget() {
    client.clear();
    client = new QueryClient();
  },
};

(globalThis as { tabProgram?: TabProgram }).tabProgram = program;

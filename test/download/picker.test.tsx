import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useArtifactDownload } from '../../src/index.ts';
import { artifactHeaders, scriptServer } from './scriptedServer.ts';

const server = scriptServer();
let count = 0;
let token = '';
beforeEach(() => void (token = `picked-canary-${count++}`));
afterEach(() => vi.unstubAllGlobals());

type Failing = Partial<Record<'write' | 'close' | 'createWritable', string>>;

/** A file as the dialog gives it: what is written replaces what was there only when it is closed. */
function pickedFile(before = '', failing: Failing = {}) {
  const disk = { content: before as string | null };
  const fail = (step: keyof Failing) => {
    if (failing[step]) throw new DOMException(`${step} of ${token}`, failing[step]);
  };
  const handle = {
    getFile: async () => new Blob([disk.content ?? '']),
    async createWritable() {
      fail('createWritable');
      let swap = '';
      return {
        async write(chunk: Uint8Array) {
          fail('write');
          swap += new TextDecoder('latin1').decode(chunk);
        },
        async close() {
          fail('close');
          disk.content = swap;
        },
        abort: async () => {},
      };
    },
    remove: async () => void (disk.content = null),
  };
  return { disk, handle };
}

/** Stubbed: no engine lets a test drive its dialog. */
function stubPicker(answer: (options: unknown) => unknown) {
  const picker = vi.fn<(options: unknown) => Promise<unknown>>(async (options) => answer(options));
  vi.stubGlobal('showSaveFilePicker', picker);
  return picker;
}

async function ready() {
  const { result } = renderHook(() =>
    useArtifactDownload({ token, endpoint: server.endpoint, sink: 'picker' }),
  );
  await waitFor(() => expect(result.current.state.status).toBe('ready'));
  return result;
}

it('S1 S4 the dialog comes inside the click, before the GET; a closed file is saved', async () => {
  const { disk, handle } = pickedFile();
  const picker = stubPicker(() => {
    expect(server.asked).toEqual(['HEAD']);
    return handle;
  });
  const result = await ready();
  act(() => result.current.download());
  expect(picker).toHaveBeenCalledExactlyOnceWith({ suggestedName: 'plan.pdf' });
  expect(result.current.state).toMatchObject({ phase: 'choosing' });
  await waitFor(() => expect(result.current.state.status).toBe('completed'));
  expect(result.current.state).toMatchObject({ delivery: 'saved', held: false, verified: true });
  expect(disk.content).toBe('0123456789');
});

it.each([
  ['AbortError', { notice: 'canceled', error: null }, /Canceled\. The link still works/],
  ['NotAllowedError', { notice: 'interrupted' }, /could not be saved\. The link still works/],
  ['SecurityError', { notice: 'interrupted' }, /blocked here\. The link still works/],
])('S1 a dialog that ends in %s costs no token', async (name, state, words) => {
  stubPicker(() => {
    throw new DOMException(`no dialog for ${token}`, name);
  });
  const result = await ready();
  act(() => result.current.download());
  await waitFor(() => expect(result.current.state).toMatchObject({ status: 'ready', ...state }));
  expect(result.current.description.message).toMatch(words);
  expect(JSON.stringify(result.current.state)).not.toContain(token);
  expect(server.asked).toEqual(['HEAD']);
});

it('S1 a chosen file that can’t be written costs no token', async () => {
  const { disk, handle } = pickedFile('', { createWritable: 'NoModificationAllowedError' });
  stubPicker(() => handle);
  const result = await ready();
  act(() => result.current.download());
  await waitFor(() => expect(result.current.state).toMatchObject({ notice: 'interrupted' }));
  expect(server.asked).toEqual(['HEAD']);
  expect(disk.content).toBeNull();
});

it.each([
  ['write', '', null],
  ['close', '', null],
  ['close', 'what was there', 'what was there'],
] as const)(
  'S7 a disk that is full at %s leaves nothing of ours: %j stays %j',
  async (step, before, after) => {
    const { disk, handle } = pickedFile(before, { [step]: 'QuotaExceededError' });
    stubPicker(() => handle);
    server.get = (response) => {
      server.head = (next) => next.writeHead(410).end();
      response.writeHead(200, artifactHeaders(10)).end('0123456789');
    };
    const result = await ready();
    act(() => result.current.download());
    await waitFor(() => expect(result.current.state.status).toBe('failed'));
    expect(result.current.description.message).toMatch(/Not enough space/);
    await waitFor(() => expect(disk.content).toBe(after));
  },
);

it('S9 a cancel while receiving leaves nothing of ours', async () => {
  const { disk, handle } = pickedFile();
  stubPicker(() => handle);
  server.get = (response) => {
    server.head = (next) => next.writeHead(410).end();
    response.writeHead(200, artifactHeaders(10)).write('01234');
  };
  const result = await ready();
  act(() => result.current.download());
  await waitFor(() => expect(result.current.state).toMatchObject({ phase: 'receiving' }));
  act(() => result.current.cancel());
  await waitFor(() => expect(result.current.state.status).toBe('expired'));
  await waitFor(() => expect(disk.content).toBeNull());
});

it('without a dialog in this browser the file goes to its downloads', async () => {
  vi.stubGlobal('showSaveFilePicker', undefined);
  Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  const result = await ready();
  act(() => result.current.download());
  await waitFor(() => expect(result.current.state).toMatchObject({ delivery: 'handed-over' }));
});

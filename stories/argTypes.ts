import type { ArtifactDownloadOptions } from '../src/index.ts';

/** A row of the prop table: what react-docgen cannot tell of a union. */
function prop(type: string, defaultValue: string | null, control: object | false = false) {
  return {
    control,
    table: {
      type: { summary: type },
      ...(defaultValue !== null && { defaultValue: { summary: defaultValue } }),
    },
  };
}

/** Types, defaults and controls of what button and hook have in common. */
export const argTypes = {
  token: prop('string | null | undefined', null),
  endpoint: prop('string | (token) => string | URL', '/api/open/v1/artifact-downloads'),
  fileName: prop('string', 'the server’s', { type: 'text' }),
  expiresAt: prop('Date | number | string', 'unknown', { type: 'date' }),
  renewToken: prop('({ reason, signal }) => Promise<string | { token, expiresAt }>', 'none'),
  sink: prop("'auto' | 'downloads' | DownloadSink", "'auto'"),
  labels: prop('Partial<DownloadLabels>', 'English', { type: 'object' }),
  locale: {
    ...prop('string', 'the document’s lang', { type: 'select' }),
    options: ['en', 'de', 'fr', 'ar', 'ja'],
  },
  recheck: prop('{ onFocus, onReconnect, every }', 'true, true, false', { type: 'object' }),
  stallTimeout: prop('number', '120_000', { type: 'number' }),
  whenUnmounted: {
    ...prop("'keep' | 'cancel'", "'keep'", { type: 'inline-radio' }),
    options: ['keep', 'cancel'],
  },
  queryClient: prop('QueryClient', 'the nearest, else the library’s own'),
  onStatusChange: prop('(state) => void', null),
  onCompleted: prop('(state) => void', null),
  onFailed: prop('(state) => void', null),
} satisfies Record<keyof ArtifactDownloadOptions, object>;

/** The same for the button. */
export const buttonArgTypes = {
  ...argTypes,
  className: prop('string | (state) => string', null),
  style: prop('CSSProperties | (state) => CSSProperties', null),
};

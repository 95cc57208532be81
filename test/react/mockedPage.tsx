import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http, type HttpResponseResolver } from 'msw';
import { setupServer } from 'msw/node';
import { StrictMode, type ReactElement } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import {
  artifactHandlers,
  createArtifactService,
  type ArtifactHandlersOptions,
  type ArtifactService,
} from '../../src/testing/index.ts';
import { takeSavedFiles, type SavedFiles } from './savedFiles.ts';

const ENDPOINT = '/api/open/v1/artifact-downloads';

/** One page of an app: its mocked backend, its user, and what reached the downloads folder. */
export interface MockedPage {
  readonly service: ArtifactService;
  readonly saved: SavedFiles;
  readonly user: ReturnType<typeof userEvent.setup>;
  /** Issues a token for a small PDF. */
  issue(options?: { size?: number; expiresIn?: number; fileName?: string }): string;
  /** The methods and status codes of a token's requests, in order: `HEAD 200`. */
  log(token: string): string[];
  /** Slows the line down. */
  line(options: ArtifactHandlersOptions): void;
  /** Answers one method in a way of its own, once or until the test ends. */
  answer(method: 'HEAD' | 'GET', resolver: HttpResponseResolver, once?: boolean): void;
}

/** Sets a page up for each test of a file. */
export function mockPage(): MockedPage {
  const server = setupServer();
  const page = { service: createArtifactService() } as {
    -readonly [K in keyof MockedPage]: MockedPage[K];
  };
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterAll(() => server.close());
  beforeEach(() => {
    page.service = createArtifactService();
    server.resetHandlers(...artifactHandlers(page.service));
    page.saved = takeSavedFiles();
    page.user = userEvent.setup();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
  page.issue = ({ size = 2_048_576, fileName = 'plan.pdf', ...rest } = {}) =>
    page.service.issue({ fileName, contentType: 'application/pdf', size, ...rest });
  page.log = (token) =>
    page.service.requests(token).map(({ method, status }) => `${method} ${status}`);
  page.line = (options) => server.use(...artifactHandlers(page.service, options));
  page.answer = (method, resolver, once = false) =>
    server.use(
      (method === 'HEAD' ? http.head : http.get)(`${ENDPOINT}/:token`, resolver, { once }),
    );
  return page;
}

/** Renders as an app in development does. */
export function renderStrictly(ui: ReactElement) {
  return render(ui, { wrapper: StrictMode });
}

/** The one button whose name says all of this. */
export function findButton(name: RegExp) {
  return screen.findByRole('button', { name });
}

/** Whether the button can be pressed, as a screen reader is told. */
export function expectInert(button: HTMLElement, isInert = true) {
  if (isInert) expect(button).toHaveAttribute('aria-disabled', 'true');
  else expect(button).not.toHaveAttribute('aria-disabled');
}

/** A `200` as of the service, for answers that differ in one thing. */
export function artifactResponse(
  body: string | ReadableStream<Uint8Array> | null,
  headers: Record<string, string> = {},
  status = 200,
) {
  return new HttpResponse(body, {
    status,
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="plan.pdf"',
      ...headers,
    },
  });
}

import { dehydrate, QueryClient } from '@tanstack/react-query';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { artifactInspectionOptions } from '../../src/index.ts';
import { createArtifactService } from '../../src/testing/index.ts';
import { startArtifactServer } from '../../src/testing/node/startArtifactServer.ts';

const service = createArtifactService();
let server: Awaited<ReturnType<typeof startArtifactServer>>;
beforeEach(async () => void (server = await startArtifactServer({ service })));
afterEach(async () => {
  await server.close();
  vi.useRealTimers();
});

const endpoint = () => `${server.origin}/api/open/v1/artifact-downloads`;
const issue = (token?: string) =>
  service.issue({
    fileName: 'plan.pdf',
    contentType: 'application/pdf',
    size: 5,
    ...(token ? { token } : {}),
  });

it('a live token is metadata, a dead one is data too, and neither is asked twice', async () => {
  const client = new QueryClient();
  const [alive, dead] = [issue(), issue()];
  service.expire(dead);
  expect(
    await client.fetchQuery(artifactInspectionOptions({ token: alive, endpoint: endpoint() })),
  ).toEqual({
    status: 'available',
    metadata: { fileName: 'plan.pdf', contentType: 'application/pdf', size: 5 },
  });
  expect(
    await client.fetchQuery(artifactInspectionOptions({ token: dead, endpoint: endpoint() })),
  ).toEqual({
    status: 'dead',
  });
  expect(service.requests(dead)).toHaveLength(1);
});

it('T1 the token is in no key, no data and no dehydrated cache, alive, dead or in error', async () => {
  const client = new QueryClient({
    defaultOptions: {
      dehydrate: { shouldDehydrateQuery: () => true, shouldRedactErrors: () => false },
    },
  });
  const alive = issue('tok-canary-alive');
  for (const options of [
    artifactInspectionOptions({ token: alive, endpoint: endpoint() }),
    artifactInspectionOptions({ token: 'tok-canary-dead', endpoint: endpoint() }),
    artifactInspectionOptions({ token: 'tok-canary-bad', endpoint: 'nonsense:' }),
    artifactInspectionOptions({ token: 'tok-canary-fn', endpoint: (t) => `${endpoint()}/${t}` }),
  ]) {
    await client.fetchQuery(options).catch(() => {});
  }
  const all = JSON.stringify([
    dehydrate(client),
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey, queryHash, state, meta }) => {
        const { error } = state;
        return [
          queryKey,
          queryHash,
          state,
          meta,
          error?.message,
          error?.stack,
          String(error?.cause),
        ];
      }),
  ]);
  expect(client.getQueryCache().getAll()).toHaveLength(4);
  expect(all).toContain('plan.pdf');
  expect(all).not.toContain('tok-canary');
});

it('E8 a stored answer is nobody’s on the next page: the key is another one', async () => {
  const { queryKey } = artifactInspectionOptions({
    token: 'tok',
    endpoint: 'https://files.example',
  });
  expect(JSON.stringify(queryKey)).toMatch(/"[0-9a-z]{4,7}-[0-9a-z-]+"/);
  vi.resetModules();
  const nextPage = await import('../../src/index.ts');
  expect(nextPage.artifactInspectionOptions({ token: 'tok' }).queryKey).not.toEqual(queryKey);
});

it('a busy server is asked again when Retry-After says, a broken one never', async () => {
  const answers = [503, 503, 200];
  const asked: number[] = [];
  const busy = createServer((_, response) => {
    const status = answers[asked.length] ?? 500;
    asked.push(status);
    response
      .writeHead(status, status === 503 ? { 'Retry-After': '0' } : { 'Content-Length': 5 })
      .end();
  });
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const client = new QueryClient();
  const busyEndpoint = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`;
  const answer = await client.fetchQuery(
    artifactInspectionOptions({ token: 'busy', endpoint: busyEndpoint }),
  );
  expect(answer.status).toBe('available');
  expect(asked).toEqual([503, 503, 200]);

  answers.push(204);
  await expect(
    client.fetchQuery(artifactInspectionOptions({ token: 'other', endpoint: busyEndpoint })),
  ).rejects.toMatchObject({ name: 'ProtocolError' });
  expect(asked).toHaveLength(4);
  await new Promise((resolve) => busy.close(resolve));
});

it('gives up after three more tries, with growing pauses', async () => {
  const { retry, retryDelay } = artifactInspectionOptions({ token: 'x', endpoint: endpoint() });
  const error = new Error('net') as never;
  if (typeof retry !== 'function' || typeof retryDelay !== 'function')
    throw new TypeError('pinned?');
  expect([0, 1, 2, 3].map((failures) => retry(failures, error))).toEqual([true, true, true, false]);
  const delays = [0, 1, 2, 9].map((failures) => retryDelay(failures, error));
  for (const [i, base] of [1_000, 2_000, 4_000, 30_000].entries()) {
    expect(delays[i]).toBeGreaterThanOrEqual(base * 0.75);
    expect(delays[i]).toBeLessThanOrEqual(base * 1.25);
  }
});

// @vitest-environment node
import { setupServer } from 'msw/node';
import { afterEach, describe, expect, it } from 'vitest';
import {
  artifactHandlers,
  createArtifactService,
  type ArtifactHandlersOptions,
} from '../../src/testing/index.ts';
import { startArtifactServer } from '../../src/testing/node/startArtifactServer.ts';
import { describeArtifactContract } from './describeArtifactContract.ts';

const ENDPOINT = 'https://plangrep.test/api/open/v1/artifact-downloads';
const PDF = { fileName: 'drawings.pdf', contentType: 'application/pdf', size: 20_000 };

describeArtifactContract('MSW handlers', (service) => {
  const server = setupServer(...artifactHandlers(service, { endpoint: ENDPOINT }));
  server.listen();
  return {
    url: (token) => `${ENDPOINT}/${encodeURIComponent(token)}`,
    close: () => server.close(),
  };
});

describe('MSW handlers', () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const listen = (options?: ArtifactHandlersOptions) => {
    const service = createArtifactService();
    const server = setupServer(...artifactHandlers(service, options));
    server.listen({ onUnhandledFrame: 'bypass' });
    cleanups.push(() => server.close());
    return service;
  };

  it('lets requests outside the endpoint pass untouched', async () => {
    const outside = await startArtifactServer({
      service: createArtifactService(),
      endpoint: '/none',
      fallback: (req, res) => void res.end(`real ${req.method} ${req.url}`),
    });
    cleanups.push(() => outside.close());
    const service = listen({ endpoint: `${outside.origin}/artifacts` });
    const token = service.issue(PDF);

    for (const path of [
      '/',
      '/artifacts',
      '/artifacts/',
      `/artifacts/${token}/more`,
      `/artifacts-2/${token}`,
      `/v2/artifacts/${token}`,
      `/Artifacts/${token}`,
    ]) {
      const response = await fetch(`${outside.origin}${path}`);
      expect(await response.text()).toBe(`real GET ${path}`);
    }
    expect((await fetch(`${outside.origin}/artifacts/${token}`)).status).toBe(200);
    expect(service.requests()).toHaveLength(1);
  });

  it('leaves the same path on another origin alone', async () => {
    const outside = await startArtifactServer({ service: createArtifactService() });
    cleanups.push(() => outside.close());
    const service = listen({ endpoint: ENDPOINT });
    expect((await fetch(outside.url(service.issue(PDF)))).status).toBe(404);
    expect(service.requests()).toEqual([]);
  });

  it('without a page, the default endpoint is on any origin', async () => {
    const service = listen();
    const token = service.issue(PDF);
    const url = `https://anywhere.test/api/open/v1/artifact-downloads/${token}`;
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });

  it('a trailing slash of the endpoint does not count', async () => {
    const service = listen({ endpoint: `${ENDPOINT}/` });
    expect((await fetch(`${ENDPOINT}/${service.issue(PDF)}`)).status).toBe(200);
  });

  it('two services share a server by their endpoints', async () => {
    const [first, second] = [createArtifactService(), createArtifactService()];
    const server = setupServer(
      ...artifactHandlers(first, { endpoint: 'https://one.test/a' }),
      ...artifactHandlers(second, { endpoint: 'https://two.test/a' }),
    );
    server.listen();
    cleanups.push(() => server.close());
    const token = first.issue(PDF);
    expect((await fetch(`https://two.test/a/${token}`)).status).toBe(404);
    expect((await fetch(`https://one.test/a/${token}`)).status).toBe(200);
    expect(second.requests(token)).toHaveLength(1);
  });

  it('a throttled body arrives in pieces that show progress', async () => {
    const service = listen({ endpoint: ENDPOINT, bytesPerSecond: 100_000 });
    const response = await fetch(`${ENDPOINT}/${service.issue(PDF)}`);
    const pieces: number[] = [];
    for await (const piece of response.body ?? []) pieces.push(piece.length);
    expect(pieces).toEqual([5_000, 5_000, 5_000, 5_000]);
  });

  it('a client that leaves during the latency has spent its token, and gets nothing', async () => {
    const service = listen({ endpoint: ENDPOINT, latency: 60_000 });
    const token = service.issue(PDF);
    const abort = new AbortController();
    const response = fetch(`${ENDPOINT}/${token}`, { signal: abort.signal });
    await expect.poll(() => service.status(token)).toBe('consumed');
    abort.abort();
    await expect(response).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await expect
      .poll(() => service.requests(token)[0])
      .toMatchObject({ outcome: 'aborted', sentBytes: 0 });
  });

  it('the line may differ from token to token', async () => {
    const slow = 'slow';
    const service = listen({
      endpoint: ENDPOINT,
      latency: (token) => (token === slow ? 60_000 : 0),
    });
    service.issue({ ...PDF, token: slow });
    const abort = new AbortController();
    const waiting = fetch(`${ENDPOINT}/${slow}`, { method: 'HEAD', signal: abort.signal });
    const fast = await fetch(`${ENDPOINT}/${service.issue(PDF)}`, { method: 'HEAD' });
    expect(fast.status).toBe(200);
    abort.abort();
    await expect(waiting).rejects.toThrow();
  });

  it('faults for all tokens: each goes through a list by itself, its own win method by method', async () => {
    const service = listen({
      endpoint: ENDPOINT,
      faults: { head: [{ status: 503 }], get: { status: 500 } },
    });
    const head = async (token: string) =>
      (await fetch(`${ENDPOINT}/${token}`, { method: 'HEAD' })).status;
    const get = async (token: string) => (await fetch(`${ENDPOINT}/${token}`)).status;
    const [plain, own] = [service.issue(PDF), service.issue({ ...PDF, faults: { get: [] } })];
    expect([await head(plain), await head(plain), await get(plain)]).toEqual([503, 200, 500]);
    expect([await head(own), await head(own), await get(own)]).toEqual([503, 200, 200]);
    expect([await head('unknown'), await head('unknown')]).toEqual([503, 404]);
    service.setFaults(plain, { get: { status: 502 } });
    expect(await get(plain)).toBe(502);
    service.setFaults(plain, null);
    expect(await get(plain)).toBe(500);
  });

  it('faults by a function are those of the moment', async () => {
    let isDown = true;
    const service = listen({
      endpoint: ENDPOINT,
      faults: (token) => (isDown && token !== 'lucky' ? { head: { network: 'error' } } : null),
    });
    const token = service.issue(PDF);
    service.issue({ ...PDF, token: 'lucky' });
    const head = (name: string) => fetch(`${ENDPOINT}/${name}`, { method: 'HEAD' });
    await expect(head(token)).rejects.toThrow(TypeError);
    expect((await head('lucky')).status).toBe(200);
    isDown = false;
    expect((await head(token)).status).toBe(200);
    expect(service.requests(token).map(({ status }) => status)).toEqual([0, 200]);
  });

  it('refuses an impossible line when the handlers are made', () => {
    const service = createArtifactService();
    expect(() => artifactHandlers(service, { latency: -1 })).toThrow(RangeError);
    expect(() => artifactHandlers(service, { faults: { get: { status: 99 } } })).toThrow(
      RangeError,
    );
  });
});

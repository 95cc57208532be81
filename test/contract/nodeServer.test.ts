// @vitest-environment node
import { createServer, request as httpRequest } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createArtifactService } from '../../src/testing/index.ts';
import { artifactRequestListener } from '../../src/testing/node/artifactRequestListener.ts';
import {
  startArtifactServer,
  type ArtifactServerOptions,
} from '../../src/testing/node/startArtifactServer.ts';
import { describeArtifactContract } from './describeArtifactContract.ts';

const PDF = { fileName: 'drawings.pdf', contentType: 'application/pdf', size: 20_000 };
const HUGE = { fileName: 'model.ifc', contentType: 'application/octet-stream', size: 2 ** 40 };

describeArtifactContract('Node server', (service) => startArtifactServer({ service }));

describe('Node server', () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const start = async (options?: Omit<ArtifactServerOptions, 'service'>) => {
    const service = createArtifactService();
    const server = await startArtifactServer({ ...options, service });
    cleanups.push(() => server.close());
    return { service, server };
  };

  it('answers 404 outside the endpoint, and logs nothing', async () => {
    const { service, server } = await start();
    const token = service.issue(PDF);
    for (const path of ['/', '/favicon.ico', `${new URL(server.url(token)).pathname}/more`]) {
      expect((await fetch(server.origin + path)).status).toBe(404);
    }
    expect(service.requests()).toEqual([]);
  });

  it('hands requests outside the endpoint to the fallback', async () => {
    const { service, server } = await start({
      endpoint: '/files/',
      fallback: (_, res) => void res.end('the app'),
    });
    expect(await (await fetch(`${server.origin}/`)).text()).toBe('the app');
    const url = server.url(service.issue(PDF));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/files\/[0-9a-f]{32}$/);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });

  it('mounts inside another server', async () => {
    const service = createArtifactService();
    const artifacts = artifactRequestListener({ service });
    const host = createServer((req, res) => void (artifacts(req, res) || res.end('host')));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => host.close());
    cleanups.push(() => host.closeAllConnections());
    const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    const token = service.issue(PDF);
    expect(await (await fetch(origin)).text()).toBe('host');
    const url = `${origin}/api/open/v1/artifact-downloads/${token}`;
    expect(await (await fetch(url)).arrayBuffer()).toHaveProperty('byteLength', PDF.size);
  });

  describe('cross-origin', () => {
    const ORIGIN = 'http://localhost:5173';

    it('says nothing of other origins by default', async () => {
      const { service, server } = await start();
      const { headers } = await fetch(server.url(service.issue(PDF)), { method: 'HEAD' });
      expect([...headers.keys()].filter((header) => header.startsWith('access-control'))).toEqual(
        [],
      );
    });

    it('allows the origin and exposes what a download can use, on errors too', async () => {
      const { service, server } = await start({ cors: { origin: ORIGIN } });
      for (const token of [service.issue(PDF), 'unknown']) {
        const { headers } = await fetch(server.url(token), { method: 'HEAD' });
        expect(headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
        expect(headers.get('Vary')).toBe('Origin');
        expect(headers.get('Access-Control-Expose-Headers')).toBe(
          'Content-Disposition, Content-Length, Content-Encoding, Retry-After',
        );
        expect(headers.get('Access-Control-Allow-Credentials')).toBeNull();
      }
    });

    it('exposes only what it is told to', async () => {
      const { service, server } = await start({ cors: { origin: '*', expose: [] } });
      const { headers } = await fetch(server.url(service.issue(PDF)), { method: 'HEAD' });
      expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
      expect(headers.get('Access-Control-Expose-Headers')).toBeNull();
    });

    it('answers a preflight, which is no request for the artifact', async () => {
      const { service, server } = await start({ cors: { origin: ORIGIN } });
      const token = service.issue(PDF);
      const response = await fetch(server.url(token), { method: 'OPTIONS' });
      expect(response.status).toBe(204);
      expect(response.headers.get('Access-Control-Allow-Methods')).toBe('GET, HEAD');
      expect(response.headers.get('Access-Control-Allow-Headers')).toBeNull();
      expect(service.requests(token)).toEqual([]);
    });
  });

  it('a request target that is no URL gets an answer, not a crash', async () => {
    const { service, server } = await start();
    for (const target of ['*', '//', '/%', '/api/open/v1/artifact-downloads/%', 'http://[/']) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        httpRequest({ host: '127.0.0.1', port: server.port, path: target, method: 'GET' }, (res) =>
          resolve(res.resume().statusCode),
        )
          .on('error', reject)
          .end();
      });
      expect(status, target).toBe(404);
    }
    expect((await fetch(server.url(service.issue(PDF)))).status).toBe(200);
  });

  it('generates no further than its client reads, and stops when the socket closes', async () => {
    const { service, server } = await start();
    const token = service.issue(HUGE);
    const socket = connect(server.port, '127.0.0.1');
    socket.pause();
    socket.write(`GET ${new URL(server.url(token)).pathname} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const sent = (): number => service.requests(token)[0]?.sentBytes ?? 0;

    let before = -1;
    await expect
      .poll(() => {
        const stalled = sent() > 0 && sent() === before;
        before = sent();
        return stalled;
      })
      .toBe(true);
    expect(sent()).toBeLessThan(64 * 2 ** 20);
    expect(service.requests(token)[0]?.outcome).toBe('sending');

    socket.destroy();
    await expect.poll(() => service.requests(token)[0]?.outcome).toBe('aborted');
    await expect.poll(() => server.connections).toBe(0);
  });

  it('a throttled body goes out in pieces that show progress', async () => {
    const { service, server } = await start({ bytesPerSecond: 100_000 });
    const token = service.issue(PDF);
    const sent = new Set<number>();
    service.subscribe(() => sent.add(service.requests(token)[0]?.sentBytes ?? 0));
    await (await fetch(server.url(token))).arrayBuffer();
    expect([...sent]).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
  });

  it('a client that leaves during the latency has spent its token', async () => {
    const { service, server } = await start({ latency: 60_000 });
    const token = service.issue(PDF);
    const abort = new AbortController();
    const response = fetch(server.url(token), { signal: abort.signal });
    await expect.poll(() => service.status(token)).toBe('consumed');
    abort.abort();
    await expect(response).rejects.toThrow();
    await expect
      .poll(() => service.requests(token)[0])
      .toMatchObject({ outcome: 'aborted', sentBytes: 0 });
  });

  it('an impossible line is a 500 that says why', async () => {
    const { service, server } = await start({ bytesPerSecond: () => 0 });
    const token = service.issue(PDF);
    const response = await fetch(server.url(token));
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/0 bytes a second/);
    expect(service.status(token)).toBe('fresh');
  });

  it('meets the faults for all tokens, and refuses impossible ones before it listens', async () => {
    const { service, server } = await start({ faults: { head: [{ status: 503, retryAfter: 1 }] } });
    const token = service.issue(PDF);
    const head = async () => (await fetch(server.url(token), { method: 'HEAD' })).status;
    expect([await head(), await head()]).toEqual([503, 200]);
    await expect(startArtifactServer({ service, bytesPerSecond: -1 })).rejects.toThrow(RangeError);
  });

  it('a general fault that fits not this artifact is a 500 that says why', async () => {
    const { service, server } = await start({ faults: { get: { breakAt: PDF.size } } });
    const token = service.issue(PDF);
    const response = await fetch(server.url(token));
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/20000 bytes is to stop after 20000/);
    expect(service.status(token)).toBe('fresh');
  });

  it('headers are out before a body that stalls at its start', async () => {
    const { service, server } = await start();
    const token = service.issue({ ...PDF, faults: { get: { stallAt: 0 } } });
    const response = await fetch(server.url(token));
    expect(response.headers.get('Content-Length')).toBe('20000');
    await response.body?.cancel();
    await expect.poll(() => service.requests(token)[0]?.outcome).toBe('aborted');
  });

  it('a port in use rejects with the error of Node', async () => {
    const { service, server } = await start();
    await expect(startArtifactServer({ service, port: server.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      syscall: 'listen',
      port: server.port,
    });
  });

  it('close cuts open downloads, frees the port, and can be repeated', async () => {
    const { service, server } = await start();
    const token = service.issue(HUGE);
    const response = await fetch(server.url(token));
    expect(server.connections).toBe(1);
    await Promise.all([server.close(), server.close()]);
    await expect(response.arrayBuffer()).rejects.toThrow();
    await expect.poll(() => service.requests(token)[0]?.outcome).toBe('aborted');
    expect(server.connections).toBe(0);
    await (await startArtifactServer({ service, port: server.port })).close();
  });
});

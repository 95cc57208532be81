// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
  createArtifactService,
  scenarios,
  type ArtifactService,
  type Scenario,
  type ScenarioName,
} from '../../src/testing/index.ts';

/** What HEAD and GET are answered, the first time and the second. */
const ANSWERS: Record<ScenarioName, { head: number[]; get: number[] }> = {
  ready: { head: [200, 200], get: [200, 410] },
  readyWithoutDetails: { head: [405, 405], get: [200, 410] },
  expiresSoon: { head: [200, 200], get: [200, 410] },
  expired: { head: [410, 410], get: [410, 410] },
  consumed: { head: [410, 410], get: [410, 410] },
  unknown: { head: [404, 404], get: [404, 404] },
  busy: { head: [503, 503], get: [200, 410] },
  busyAtFirst: { head: [429, 200], get: [200, 410] },
  unreachable: { head: [0, 0], get: [200, 410] },
  silent: { head: [0, 0], get: [200, 410] },
  webPage: { head: [200, 200], get: [200, 200] },
  slow: { head: [200, 200], get: [200, 410] },
  unknownLength: { head: [200, 200], get: [200, 410] },
  encoded: { head: [200, 200], get: [200, 410] },
  hiddenName: { head: [200, 200], get: [200, 410] },
  empty: { head: [200, 200], get: [200, 410] },
  huge: { head: [200, 200], get: [200, 410] },
  deadAtGet: { head: [200, 200], get: [410, 410] },
  refusedAtGet: { head: [200, 200], get: [405, 405] },
  failsAtGet: { head: [200, 200], get: [503, 503] },
  failsOnceAtGet: { head: [200, 200], get: [503, 200] },
  silentAtGet: { head: [200, 200], get: [0, 0] },
  outcomeUnknown: { head: [405, 405], get: [503, 503] },
  breaksOff: { head: [200, 200], get: [200, 410] },
  stalls: { head: [200, 200], get: [200, 410] },
  incomplete: { head: [200, 200], get: [200, 410] },
};

const SCENARIOS = Object.entries(scenarios) as [ScenarioName, Scenario][];

const ask = (service: ArtifactService, method: string, token: string) =>
  service.respond({ method, token });

describe.each(SCENARIOS)('%s', (name, scenario) => {
  it('is answered as it says', async () => {
    const service = createArtifactService();
    const token = scenario(service);
    const answers = { head: [] as number[], get: [] as number[] };
    for (const method of ['head', 'head', 'get', 'get'] as const) {
      const { status, body } = ask(service, method.toUpperCase(), token);
      answers[method].push(status);
      await body?.cancel();
    }
    expect(answers).toEqual(ANSWERS[name]);
    expect(service.requests(token).map(({ status }) => status)).toEqual([
      ...answers.head,
      ...answers.get,
    ]);
  });

  it('is told of one token alone, under the name that is asked for', () => {
    const service = createArtifactService();
    for (const [, other] of SCENARIOS) other(service);
    const token = scenario(service, { token: 'mine', latency: 5, fileName: 'mine.pdf' });
    expect(token).toBe('mine');
    if (name !== 'unknown') expect(service.artifact(token)?.fileName).toBe('mine.pdf');
    expect(ask(service, 'HEAD', token).status).toBe(ANSWERS[name].head[0]);
    expect(ask(service, 'HEAD', scenarios.ready(service)).status).toBe(200);
  });

  it('faults of the caller replace its own', () => {
    const service = createArtifactService();
    const token = scenario(service, { faults: { head: { status: 451 } } });
    expect(ask(service, 'HEAD', token).status).toBe(name === 'unknown' ? 404 : 451);
  });
});

it('is a closed set, which nobody changes', () => {
  expect(Object.isFrozen(scenarios)).toBe(true);
  expect(Object.keys(scenarios)).toEqual(Object.keys(ANSWERS));
});

it('a body that knows its length wins over the size of the scenario', async () => {
  const service = createArtifactService();
  const token = scenarios.breaksOff(service, { body: '12345678' });
  expect(service.artifact(token)?.size).toBe(8);
  await expect(new Response(ask(service, 'GET', token).body).text()).rejects.toThrow(
    /after 4 of 8/,
  );
});

it('an override that makes the story impossible is refused at once', () => {
  const service = createArtifactService();
  expect(() => scenarios.stalls(service, { size: 0 })).toThrow(/0 bytes is to stop after 0/);
  expect(() => scenarios.ready(service, { latency: -1 })).toThrow(RangeError);
});

it('huge is made only as it is read', async () => {
  const service = createArtifactService();
  const token = scenarios.huge(service, { bytesPerSecond: Infinity });
  const { body, headers } = ask(service, 'GET', token);
  expect(headers.get('Content-Length')).toBe('10000000000');
  const reader = body?.getReader();
  expect((await reader?.read())?.value).toHaveLength(65_536);
  await reader?.cancel();
  expect(service.requests(token)[0]).toMatchObject({ outcome: 'aborted', sentBytes: 65_536 });
});

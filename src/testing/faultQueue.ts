import type { Fault, Faults } from './faults.ts';

/**
 * One token's faults, taken one a request: `null` when the request goes well, `undefined` when these
 * faults say nothing of its method.
 */
export type FaultQueue = (faults: Faults | null, method: string) => Fault | null | undefined;

/** Counts by itself, so that the faults themselves may be shared, and may change in between. */
export function createFaultQueue(): FaultQueue {
  const met = { head: 0, get: 0 };
  return (faults, method) => {
    if (method !== 'HEAD' && method !== 'GET') return undefined;
    const key = method === 'HEAD' ? 'head' : 'get';
    const given = faults?.[key];
    if (given === undefined || !isList(given)) return given;
    const fault = given[met[key]] ?? null;
    met[key] += 1;
    return fault;
  };
}

/** `Array.isArray` does not know read-only ones. */
function isList(given: Fault | readonly (Fault | null)[]): given is readonly (Fault | null)[] {
  return Array.isArray(given);
}

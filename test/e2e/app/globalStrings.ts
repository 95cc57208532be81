/**
 * Every string that can be reached from the symbols on `globalThis`, which is where a library that
 * wants one instance a page puts things, and from further roots. The app's own tree (DOM nodes, and
 * with them React's props) is left out: the token is the app's before it is ours.
 */
export function globalStrings(...roots: unknown[]): string[] {
  const found = new Set<string>();
  const seen = new Set<unknown>([globalThis]);
  const page = globalThis as unknown as Record<symbol, unknown>;
  const symbols = Object.getOwnPropertySymbols(globalThis);
  const open: unknown[] = [...symbols.map((symbol) => page[symbol]), ...roots];
  for (const symbol of symbols) found.add(String(symbol));
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') found.add(value);
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') continue;
    if (seen.has(value) || value instanceof Node) continue;
    seen.add(value);
    if (value instanceof Map) open.push(...value.keys(), ...value.values());
    if (value instanceof Set) open.push(...value);
    for (const key of Reflect.ownKeys(value)) {
      found.add(String(key));
      const { value: inner } = Reflect.getOwnPropertyDescriptor(value, key) ?? {};
      if (inner !== undefined) open.push(inner);
    }
    const prototype: unknown = Reflect.getPrototypeOf(value);
    if (prototype !== null) open.push(prototype);
  }
  return [...found];
}

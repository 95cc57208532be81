import { inspect } from 'node:util';
import type { World } from '../world/World.ts';

/** T1: looks for the tokens wherever others than the server could find them. */
export function findTokens(world: World): string[] {
  const places: [string, string][] = [
    ['the names of locks', world.locks.names.join('\n')],
    ['messages to other tabs', JSON.stringify(world.channels.said)],
  ];
  world.tabs.forEach((tab, index) => {
    const { document, localStorage, sessionStorage } = tab.window;
    places.push(
      [`the document of tab ${index}`, document.documentElement.outerHTML],
      [`the console of tab ${index}`, tab.console.join('\n')],
      [`the callbacks of tab ${index}`, everythingIn(tab.heard)],
      [`the uncaught errors of tab ${index}`, everythingIn(tab.uncaught)],
      [`the query cache of tab ${index}`, tab.program.cached()],
      [
        `the storage of tab ${index}`,
        JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
      ],
    );
  });
  const words = world.server.artifacts.flatMap(({ token }) => [token, encodeURIComponent(token)]);
  return places
    .filter(([, text]) => words.some((word) => text.includes(word)))
    .map(([place]) => `T1 the token stands in ${place}`);
}

/** Errors' stacks and chains of causes included. */
function everythingIn(value: unknown): string {
  return inspect(value, {
    depth: 12,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
  });
}

const said = new Set<string>();

/**
 * A hint for the developer, once a page. Call it behind `process.env.NODE_ENV !== 'production'`, so
 * that a production bundle carries neither the call nor its text.
 */
export function warnOnce(message: string): void {
  if (said.has(message)) return;
  said.add(message);
  console.warn(`react-artifact-download: ${message}`);
}

/** As many as a browser sends to one HTTP/1 server anyway; more would only stand before its GETs. */
const MOST_AT_ONCE = 6;

let running = 0;
const waiting: (() => void)[] = [];

/** Runs a task now, or when it is its turn: a page full of buttons must not storm the server. */
export async function inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
  if (running === MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await task();
  } finally {
    // The place is handed on, not given up, so that nobody can slip in between.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** Milliseconds for one answer: what hangs must not hang the tests. */
const PATIENCE = 60_000;

/** A session of a W3C WebDriver (https://www.w3.org/TR/webdriver2/). */
export interface WebDriverSession {
  /** Sends a command of the session, such as `send('POST', '/url', { url })`. */
  send(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>;
}

/** Opens a session at a driver's address, which may have only just been started. */
export async function openSession(origin: string, capabilities: object): Promise<WebDriverSession> {
  const deadline = Date.now() + PATIENCE;
  while (!(await answers(`${origin}/status`))) {
    if (Date.now() > deadline) throw new Error(`No WebDriver has come to answer at ${origin}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { sessionId } = (await command('POST', `${origin}/session`, {
    capabilities: { alwaysMatch: capabilities },
  })) as { sessionId: string };
  return {
    send: (method, path, body) => command(method, `${origin}/session/${sessionId}${path}`, body),
  };
}

async function command(method: string, url: string, body: object = {}): Promise<unknown> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(PATIENCE),
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error = response.status, message = '' } = value as { error?: string; message?: string };
  throw new Error(`WebDriver refused ${method} ${new URL(url).pathname}: ${error}. ${message}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}

/**
 * A copy of a foreign error that is safe to keep as a `cause`: engines and proxies quote the URL,
 * and with it the token, in messages and stacks. The stack is not taken over for that reason.
 */
export function withoutToken(cause: unknown, token: string, depth = 0): Error | undefined {
  if (!isErrorLike(cause) || depth > 4) return undefined;
  const inner = withoutToken(cause.cause, token, depth + 1);
  const copy = new Error(redact(cause.message, token), inner ? { cause: inner } : undefined);
  copy.name = redact(String(cause.name), token);
  copy.stack = `${copy.name}: ${copy.message}`;
  return copy;
}

/** Told by its shape: errors of another realm (an iframe, jsdom) are not `instanceof Error`. */
export function isErrorLike(
  thrown: unknown,
): thrown is { name: unknown; message: string; cause?: unknown } {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'name' in thrown &&
    'message' in thrown &&
    typeof thrown.message === 'string'
  );
}

function redact(text: string, token: string): string {
  let encoded = token;
  try {
    encoded = encodeURIComponent(token);
  } catch {
    // A lone surrogate can't stand in a URL, so its encoded form can't stand in a message.
  }
  return token === '' ? text : text.replaceAll(token, '…').replaceAll(encoded, '…');
}

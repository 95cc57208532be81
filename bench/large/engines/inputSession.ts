/** Just enough of the DevTools protocol to click as a person does. */
export interface InputSession {
  click(selector: string): Promise<void>;
  close(): void;
}

interface Target {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

/**
 * Connects to the page that shows `url`. Input alone: an automation tool also listens to the
 * network, and the browser then keeps bodies for it that no user's browser keeps.
 *
 * @returns `null` while there is no such page.
 */
export async function openInputSession(port: number, url: string): Promise<InputSession | null> {
  const list = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[];
  const target = list.find((one) => one.type === 'page' && one.url === url);
  if (!target) return null;
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('DevTools did not answer.')));
  });
  let lastId = 0;
  const call = <Result>(method: string, params: object) =>
    new Promise<Result>((resolve, reject) => {
      const id = ++lastId;
      const listener = ({ data }: MessageEvent<string>) => {
        const answer = JSON.parse(data) as { id: number; result: Result; error?: object };
        if (answer.id !== id) return;
        socket.removeEventListener('message', listener);
        if (answer.error) reject(new Error(`${method}: ${JSON.stringify(answer.error)}`));
        else resolve(answer.result);
      };
      socket.addEventListener('message', listener);
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    async click(selector) {
      const { result } = await call<{ result: { value: { x: number; y: number } } }>(
        'Runtime.evaluate',
        {
          expression: `(() => {
            const box = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          })()`,
          returnByValue: true,
        },
      );
      const at = { ...result.value, button: 'left', clickCount: 1 };
      await call('Input.dispatchMouseEvent', { ...at, type: 'mouseMoved', button: 'none' });
      await call('Input.dispatchMouseEvent', { ...at, type: 'mousePressed' });
      await call('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased' });
    },
    close: () => socket.close(),
  };
}

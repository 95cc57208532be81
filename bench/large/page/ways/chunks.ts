import { getBody, plainButton } from '../way.ts';

/** What most React helpers and answers on the web do: a list of chunks, and a blob of them. */
export default plainButton(async ({ url, name }) => {
  const { body } = await getBody(url);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
  }
  const objectUrl = URL.createObjectURL(new Blob(chunks));
  const anchor = document.createElement('a');
  anchor.href = objectUrl;
  anchor.download = name;
  anchor.click();
  // Later than most do: revoked at once, the file would be lost for that reason.
  setTimeout(() => URL.revokeObjectURL(objectUrl), 60_000);
});

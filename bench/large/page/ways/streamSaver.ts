import streamSaver from 'streamsaver';
import { getBody, plainButton } from '../way.ts';

// Its own, on its author's site, would take a user's file through somebody else's page.
streamSaver.mitm = '/streamsaver/mitm.html?version=2.0.0';

/** StreamSaver: its service worker answers a navigation with the bytes. */
export default plainButton(async ({ url, name, size }) => {
  const { body } = await getBody(url);
  await body.pipeTo(streamSaver.createWriteStream(name, { size }));
});

import { saveAs } from 'file-saver';
import { getBody, plainButton } from '../way.ts';

/** file-saver, as its readers use it. */
export default plainButton(async ({ url, name }) => {
  const response = await getBody(url);
  saveAs(await response.blob(), name);
});

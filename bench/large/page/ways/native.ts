import type { Way } from '../way.ts';

/** The browser's own download of the same URL: the yardstick. */
export default {
  mount(root, { url, name }) {
    const anchor = document.createElement('a');
    anchor.href = url;
    anchor.download = name;
    anchor.textContent = 'Download';
    root.append(anchor);
  },
} satisfies Way;

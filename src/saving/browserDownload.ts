/** The browser's own download, as far as a page can follow it. */
export interface BrowserDownload {
  /**
   * Resolves if the server's answer was no download: a page that could be shown, such as an error's.
   * Never rejects.
   */
  readonly refused: Promise<'answer' | 'policy'>;
  /** Takes the frame away. What the browser downloads by then goes on; what it only asks for does not. */
  readonly remove: () => void;
}

/** How long a frame is kept whose download has begun, in milliseconds. */
export const FRAME_TIME = 60_000;

/**
 * Has the browser fetch and save a URL by itself, in a frame that nobody sees: a page of the server's
 * then replaces nothing. The URL, and the token in it, never stands in the document.
 */
export function browserDownload(url: string): BrowserDownload {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  const inner = frame.contentDocument;
  let forget = () => {};
  const refused = new Promise<'answer' | 'policy'>((resolve) => {
    // A frame that is given no address has loaded before this.
    frame.addEventListener('load', () => resolve('answer'));
    const onViolation = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
      if (/^(frame|child|default)-src$/.test(effectiveDirective)) resolve('policy');
    };
    document.addEventListener('securitypolicyviolation', onViolation);
    if (!inner) resolve('policy');
    forget = () => document.removeEventListener('securitypolicyviolation', onViolation);
  });
  // By a link of the frame's own, as only a link can keep the referrer back.
  const anchor = inner?.createElement('a');
  if (anchor) {
    anchor.href = url;
    anchor.rel = 'noreferrer';
    anchor.click();
  }
  return {
    refused,
    remove() {
      forget();
      frame.remove();
    },
  };
}

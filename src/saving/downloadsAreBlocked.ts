/**
 * Whether a frame around this page is known to keep its downloads from happening, silently: a
 * `sandbox` without `allow-downloads`. Not seen from here are frames of other origins.
 */
export function downloadsAreBlocked(): boolean {
  try {
    for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
      const { sandbox } = (frame.frameElement ?? {}) as Partial<HTMLIFrameElement>;
      if (frame.frameElement?.hasAttribute('sandbox') && !sandbox?.contains('allow-downloads')) {
        return true;
      }
    }
  } catch {
    // A parent of another origin.
  }
  return false;
}

interface UserAgentData {
  readonly brands?: readonly { readonly brand: string }[];
}

/**
 * Whether this is a browser inside an app that is known to drop downloads without a word, unless the
 * app does something about it, which a page is not told.
 */
export function downloadsMayBeDropped(): boolean {
  const { userAgentData } = navigator as Navigator & { userAgentData?: UserAgentData };
  return userAgentData?.brands?.some(({ brand }) => brand === 'Android WebView') ?? false;
}

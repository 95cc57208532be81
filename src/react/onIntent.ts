/** What comes before a click: a pointer over it, a finger on it, or the focus. */
const SIGNS = ['pointerenter', 'pointerdown', 'focus'] as const;

/**
 * Calls back when the user seems about to use an element, also if that has been so for a while.
 * Listened to apart from React's props, which belong to the app.
 * @returns the function that ends it.
 */
export function onIntent(element: HTMLElement, callback: () => void): () => void {
  if (element.matches(':hover, :focus')) callback();
  for (const sign of SIGNS) element.addEventListener(sign, callback);
  return () => {
    for (const sign of SIGNS) element.removeEventListener(sign, callback);
  };
}

/**
 * Has the browser say that it is offline. What mocks answer meanwhile is their service's business.
 * @param quietly for who asks, but without telling those who listen.
 * @returns goes online again.
 */
export function goOffline({ quietly = false } = {}): () => void {
  const tell = (event: 'offline' | 'online') => quietly || dispatchEvent(new Event(event));
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  tell('offline');
  return () => {
    // Only overlaid: the prototype's own shows again.
    Reflect.deleteProperty(navigator, 'onLine');
    tell('online');
  };
}

/**
 * Has the browser deny the page its part of the disk, as private windows do.
 * @returns allows it again.
 */
export function denyDisk(): () => void {
  const getDirectory = () => Promise.reject(new DOMException('Not here.', 'SecurityError'));
  Object.defineProperty(navigator.storage, 'getDirectory', {
    configurable: true,
    value: getDirectory,
  });
  // Only overlaid: the prototype's own shows again.
  return () => void Reflect.deleteProperty(navigator.storage, 'getDirectory');
}

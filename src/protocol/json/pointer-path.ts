/**
 * The keys along which a JSON Pointer leads; those that are whole numbers are taken for indexes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function pointerPath(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key))
}

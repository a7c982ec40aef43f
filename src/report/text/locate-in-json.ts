import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { pointerPath } from '../../protocol/index.ts'

/** Where in a JSON text the value of a JSON Pointer starts; the nearest ancestor, if it has none. */
export function locateInJson(json: string, pointer: string): number | undefined {
  const root = parseTree(json)
  if (!root) return undefined
  const path = pointerPath(pointer)
  for (let length = path.length; length >= 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length))
    if (node) return node.offset
  }
  return undefined
}

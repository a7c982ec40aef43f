import { isJsonObject, type Json } from '../../protocol/index.ts'

/** The part of a schema that a local reference (`#/$defs/word`) points at. */
export function resolvePointer(reference: string, root: Json): Json | undefined {
  if (!/^#(\/|$)/.test(reference)) return undefined
  let node: Json | undefined = root
  for (const key of reference.slice(1).split('/').slice(1)) {
    const name = unescape(key)
    node = isJsonObject(node) ? node[name] : Array.isArray(node) ? node[Number(name)] : undefined
  }
  return node
}

function unescape(key: string): string {
  const plain = key.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

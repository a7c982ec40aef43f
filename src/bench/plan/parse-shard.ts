import type { Shard } from './load.ts'

/** Reads a shard, such as `0/3`; `undefined` for what is none. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d+)\/([1-9]\d*)$/.exec(text)?.map(Number) ?? []
  return index !== undefined && count !== undefined && index < count ? { index, count } : undefined
}

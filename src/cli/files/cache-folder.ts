import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where what is compiled is kept: with the user, since whoever can write to a folder that all share,
 * such as the temporary one, would choose what runs. `undefined` for a user without a home.
 */
export function cacheFolder(): string | undefined {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME } = process.env
  if (NODE_COMPILE_CACHE) return NODE_COMPILE_CACHE
  try {
    return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'llm-soundcheck')
  } catch {
    return undefined
  }
}

import type { Dialect } from './dialect.ts'

/** The dialect that is spoken at a path, below whatever base. */
export function dialectAt(pathname: string, dialects: readonly Dialect[]): Dialect | undefined {
  const path = pathname.replace(/\/$/, '')
  return dialects.find((dialect) => path.endsWith(dialect.path))
}

import type { Dialect } from './dialect.ts'

/** The dialect that is spoken at a path, below whatever base; of several, the one whose path is longest. */
export function dialectAt(pathname: string, dialects: readonly Dialect[]): Dialect | undefined {
  const path = pathname.replace(/\/$/, '')
  return dialects
    .filter((dialect) => path.endsWith(dialect.path))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
}

/** The dialect that may answer below its path there, of what it keeps. */
export function dialectBelow(pathname: string, dialects: readonly Dialect[]): Dialect | undefined {
  return dialects.find(
    (dialect) => dialect.answerKept !== undefined && pathname.includes(`${dialect.path}/`),
  )
}

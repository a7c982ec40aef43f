import type { Reply } from '../../wire/index.ts'

/** No answer at all: the connection is reset, or stays silent. */
export function noAnswer(how: 'reset' | 'stall'): Reply {
  return { status: 200, headers: [], frames: [{ kind: 'hang-up', atMs: 0, how }] }
}

import type { Tamper } from '../../wire/index.ts'

/** A fault in the answers to requests whose body matches; all others are answered well. */
export function onlyFor(pattern: RegExp, fault: Tamper): Tamper {
  return (reply, request) => (pattern.test(request.body ?? '') ? fault(reply, request) : reply)
}

/** The request for a long answer that offers no tools. */
export const PLAIN_STORY = /lighthouse(?!.*"tools")/s

import type { Tamper } from '../../wire/index.ts'
import { streamsEvents } from './edit-frames.ts'

/** Gives streams another value of a header, or none. */
export function setHeader(name: string, value: string | undefined): Tamper {
  return (reply) => {
    if (!streamsEvents(reply)) return reply
    const others = reply.headers.filter(([key]) => key !== name)
    return { ...reply, headers: value === undefined ? others : [...others, [name, value]] }
  }
}

import type { Tamper } from '../../../wire/index.ts'
import { editEvents, renumbered } from '../../faults/index.ts'

/** Breaks a stream off in the middle, with an event that tells of it. */
export function breakOff(event: object): Tamper {
  return editEvents((events) =>
    renumbered([...events.slice(0, events.length / 2), { sequence_number: 0, ...event }]),
  )
}

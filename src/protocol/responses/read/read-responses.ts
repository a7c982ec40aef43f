import { BOUNDS } from '../../../wire/index.ts'
import type { AnswerEvent, Choice, Reading } from '../../reading.ts'
import { Joining } from './joining.ts'
import { readEvent } from './read-event.ts'
import type { ResponsesReading } from './responses-reading.ts'

/** Reads the events of a stream of the Responses API. */
export function readResponses(events: readonly AnswerEvent[]): ResponsesReading {
  const payloads = events.map(({ data }) => readEvent(data))
  const end = payloads.findIndex(({ kind }) => kind === 'done')
  const joining = new Joining()
  const read = end < 0 ? payloads : payloads.slice(0, end)
  read.forEach((payload, event) => joining.add(event, payload))
  const { items, pieces, copies, parts, responses, terminals, usage } = joining
  const calls = items.flatMap(({ call }) => call ?? [])
  const excess: Reading['excess'] = calls.length > BOUNDS.answer.calls ? 'calls' : undefined
  const kept = excess ? calls.slice(0, BOUNDS.answer.calls) : calls
  const choice: Choice = { ...joining.choice, calls: kept }
  const ids = responses.map(({ response }) => response?.['id'])
  return {
    id: ids.find((id) => typeof id === 'string' && id !== '') as string | undefined,
    payloads,
    pieces,
    copies,
    items,
    responses,
    terminals,
    usage,
    choices: parts === 0 ? [] : [choice],
    calls: kept,
    parts,
    terminator: end < 0 ? terminals[0]?.event : end,
    excess,
  }
}

import { readPayload } from '../../protocol/index.ts'
import type { FramingFact } from '../../wire/index.ts'
import type { Evidence } from './evidence.ts'

type Torn = Extract<FramingFact, { kind: 'unterminated' }>

/** The start of an event, where the stream stops in the middle of one. */
export function tornEvent({ stream, done }: Evidence): Torn | undefined {
  const rest = stream.facts.at(-1)
  if (done || rest?.kind !== 'unterminated') return undefined
  const lines = rest.text.split(/\r\n|\n|\r/)
  const last = lines.at(-1)!
  if (last !== '' && 'data: '.startsWith(last)) return rest
  const data = lines.flatMap((line) => (line.startsWith('data:') ? line.slice(5).trimStart() : []))
  if (data.length === 0 || !last.startsWith('data:')) return undefined
  return isJson(data.at(-1)!) || isJson(data.join('\n')) ? undefined : rest
}

function isJson(data: string): boolean {
  return readPayload(data).kind !== 'not-json'
}

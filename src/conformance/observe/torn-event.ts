import { isOpenJson } from '../../protocol/index.ts'
import type { FramingFact } from '../../wire/index.ts'
import type { Evidence } from '../evidence/evidence.ts'

type Torn = Extract<FramingFact, { kind: 'unterminated' }>

/** The start of an event, where the stream stops in the middle of one: within its JSON, or before that. */
export function tornEvent({ stream, done }: Evidence): Torn | undefined {
  const rest = stream.facts.at(-1)
  if (done || rest?.kind !== 'unterminated') return undefined
  const lines = rest.text.split(/\r\n|\n|\r/)
  const last = lines.at(-1)!
  if (last !== '' && 'data: '.startsWith(last)) return rest
  return isOpenJson(lines.filter((line) => line.startsWith('data:')).join('\n')) ? rest : undefined
}

import type { FramingFact } from '../../wire/index.ts'
import type { Evidence } from './evidence.ts'

type Torn = Extract<FramingFact, { kind: 'unterminated' }>

/** The start of an event, where the stream stops in the middle of one: within its JSON, or before that. */
export function tornEvent({ stream, done }: Evidence): Torn | undefined {
  const rest = stream.facts.at(-1)
  if (done || rest?.kind !== 'unterminated') return undefined
  const lines = rest.text.split(/\r\n|\n|\r/)
  const last = lines.at(-1)!
  if (last !== '' && 'data: '.startsWith(last)) return rest
  return isOpen(lines.filter((line) => line.startsWith('data:')).join('\n')) ? rest : undefined
}

/** Whether an object or array of JSON is not closed. */
function isOpen(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (inString) {
      if (character === '\\') i += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if ('{['.includes(character)) depth += 1
    else if ('}]'.includes(character)) depth -= 1
  }
  return depth > 0
}

import { defineCheck } from '../../check.ts'
import { editChunks } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'
import { tally } from '../../tally.ts'

/** Seconds reach this number in the year 5138; milliseconds passed it in 1973. */
const MILLISECONDS = 100_000_000_000

export default defineCheck({
  id: 'chunk/created-integer',
  title: '`created` is an integer of seconds',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'The Unix timestamp (in seconds) of when the chat completion was created',
    ...OPENAI_CHUNK,
  },
  effect: 'Typed clients reject the chunk, or date the answer tens of thousands of years ahead.',
  fix: 'Write int(time.time()), or Math.floor(Date.now() / 1000).',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect({ chunks }) {
    const wrong = chunks.filter(
      ({ json: { created } }) => created !== undefined && created !== null && !isSeconds(created),
    )
    for (const { first, count } of tally(wrong)) {
      const created = first.json['created']
      yield {
        message:
          typeof created === 'number' && created > MILLISECONDS
            ? `\`created\` is in milliseconds.`
            : `\`created\` is no integer.`,
        count,
        expected: 'an integer of seconds since 1970',
        actual: JSON.stringify(created),
        at: first.event,
        path: '/created',
      }
    }
  },
  mutants: {
    'created-ms': editChunks((chunk) => (chunk.created *= 1000)),
    'created-string': editChunks((chunk) => (chunk.created = String(chunk.created))),
    'created-float': editChunks((chunk) => (chunk.created += 0.5)),
  },
})

function isSeconds(created: unknown): boolean {
  return Number.isInteger(created) && (created as number) < MILLISECONDS
}

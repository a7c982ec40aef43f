import { defineCheck } from '../../check.ts'
import { isContentFilterReport } from '../../content-filter.ts'
import { editChunks } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'
import { tally } from '../../tally.ts'

const OBJECT = 'chat.completion.chunk'
const MEMBERS = ['id', 'object', 'created', 'model'] as const

export default defineCheck({
  id: 'chunk/envelope-fields',
  title: 'Chunks carry `id`, `object`, `created` and `model`',
  severity: 'warning',
  since: '2026-11',
  requirement: { text: 'All four members are required on every chunk', ...OPENAI_CHUNK },
  effect:
    'Typed clients reject the chunk (openai-python\'s stream helper asserts on "object"), logs cannot tell answers apart.',
  fix: 'Put the same id, "object": "chat.completion.chunk", created (in seconds) and model into every chunk.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect({ chunks }) {
    // Azure leaves them empty where a chunk only reports on its content filter.
    const choosing = chunks.filter(
      ({ json: { choices } }) =>
        Array.isArray(choices) && choices.some((choice) => !isContentFilterReport(choice)),
    )
    for (const member of MEMBERS) {
      const lacking = choosing.filter(({ json }) => (json[member] ?? '') === '')
      for (const { first, count } of tally(lacking)) {
        yield {
          message: `A chunk has no \`${member}\`.`,
          count,
          expected: member === 'object' ? `"object": "${OBJECT}"` : `\`${member}\` on every chunk`,
          at: first.event,
          path: '',
        }
      }
    }
    const others = choosing.filter(
      ({ json }) => (json['object'] ?? OBJECT) !== OBJECT && json['object'] !== '',
    )
    for (const { first, count } of tally(others)) {
      yield {
        message: `The \`object\` of a chunk is ${JSON.stringify(first.json['object'])}.`,
        count,
        expected: `"object": "${OBJECT}"`,
        at: first.event,
        path: '/object',
      }
    }
  },
  mutants: {
    'no-id': editChunks((chunk) => delete chunk.id),
    'no-object': editChunks((chunk) => delete chunk.object),
    'no-created': editChunks((chunk) => delete chunk.created),
    'no-model': editChunks((chunk) => delete chunk.model),
  },
})

import { defineCheck } from '../../check/define-check.ts'
import { isContentFilterReport } from './is-content-filter-report.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChunks } from '../../faults/index.ts'

const OBJECT = 'chat.completion.chunk'
const MEMBERS = ['id', 'object', 'created', 'model'] as const

export default defineCheck({
  id: 'chunk/envelope-fields',
  title: 'Chunks have `id`, `object`, `created` and `model`',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'id, object, created and model are required on every chunk',
    ...OPENAI_CHUNK,
    seenIn: issue('mudler/LocalAI', 8341),
  },
  effect: 'Typed clients reject the chunk (openai-python\'s stream helper asserts on "object").',
  fix: 'Put the same id, "object": "chat.completion.chunk", created (in seconds) and model into every chunk.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect({ chat: { chunks } }) {
    // Azure leaves them empty where a chunk only reports on its content filter.
    const choosing = chunks.filter(
      ({ json: { choices } }) =>
        Array.isArray(choices) && choices.some((choice) => !isContentFilterReport(choice)),
    )
    for (const member of MEMBERS) {
      const lacking = choosing.filter(({ json }) => (json[member] ?? '') === '')
      yield* onceFor(lacking, ({ event }) => ({
        message: `A chunk has no \`${member}\`.`,
        expected: member === 'object' ? `"object": "${OBJECT}"` : `\`${member}\` on every chunk`,
        at: event,
        path: '',
      }))
    }
    for (const member of ['id', 'model'] as const) {
      const wrong = choosing.filter(({ json }) => typeof (json[member] ?? '') !== 'string')
      yield* onceFor(wrong, ({ event, json }) => ({
        message: `The \`${member}\` of a chunk is not a string.`,
        expected: 'a string',
        actual: showJson(json[member]),
        at: event,
        path: `/${member}`,
      }))
    }
    const others = choosing.filter(
      ({ json: { object } }) => (object ?? '') !== '' && object !== OBJECT,
    )
    yield* onceFor(others, ({ event, json }) => ({
      message: `The \`object\` of a chunk is ${showJson(json['object'])}.`,
      expected: `"object": "${OBJECT}"`,
      at: event,
      path: '/object',
    }))
  },
  echoes: ['chunk/openai-schema'],
  mutants: {
    'no-id': editChunks((chunk) => delete chunk.id),
    'no-object': editChunks((chunk) => delete chunk.object),
    'no-created': editChunks((chunk) => delete chunk.created),
    'no-model': editChunks((chunk) => delete chunk.model),
  },
})

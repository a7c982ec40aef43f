import type { Json } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { inMilliseconds } from '../../evidence/in-milliseconds.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChunks } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/created-integer',
  title: '`created` is an integer number of seconds',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The Unix timestamp (in seconds) of when the chat completion was created',
    ...OPENAI_CHUNK,
    seenIn: issue('EricLBuehler/mistral.rs', 1805),
  },
  effect: 'Typed clients reject the chunk, or date the answer tens of thousands of years ahead.',
  fix: 'Write int(time.time()), or Math.floor(Date.now() / 1000).',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect({ chat: { chunks } }) {
    const wrong = chunks.flatMap(({ event, json: { created = null } }) => {
      const fault = faultOf(created)
      return fault === undefined ? [] : { event, fault, created }
    })
    yield* onceFor(wrong, ({ event, fault, created }) => ({
      message: `\`created\` is ${fault}.`,
      expected: 'an integer number of seconds since 1970',
      actual: showJson(created),
      at: event,
      path: '/created',
    }))
  },
  echoes: ['chunk/openai-schema'],
  mutants: {
    'created-ms': editChunks((chunk) => (chunk.created *= 1000)),
    'created-string': editChunks((chunk) => (chunk.created = String(chunk.created))),
    'created-float': editChunks((chunk) => (chunk.created += 0.5)),
  },
})

function faultOf(created: Json): string | undefined {
  if (created === null) return undefined
  if (typeof created === 'number' && inMilliseconds(created)) return 'in milliseconds'
  return Number.isInteger(created) ? undefined : 'not an integer'
}

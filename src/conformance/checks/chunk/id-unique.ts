import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChunks } from '../../faults/index.ts'

/** So many different requests cannot have one answer. */
const ENOUGH = 3

export default defineCheck({
  id: 'chunk/id-unique',
  title: 'Each reply has an `id` of its own',
  severity: 'info',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'A unique identifier for the chat completion',
    ...OPENAI_CHUNK,
    seenIn: issue('InternLM/lmdeploy', 4707),
  },
  effect: 'Logs and tracing tools that go by the id take all replies for one.',
  fix: 'Create a new id for every answer, such as "chatcmpl-" and a UUID.',
  probes: 'every-stream',
  needs: ['exchange', 'chunks'],
  holdsAmongCalls: 'finished',
  *compare(evidence) {
    const idOf = new Map(
      evidence.map(({ exchange, chat }) => [exchange.request.body, chat.chunks[0]?.json['id']]),
    )
    if (idOf.size < ENOUGH) return skip(`there are no replies to ${ENOUGH} different requests`)
    const ids = new Set(idOf.values())
    const [id] = ids
    if (ids.size > 1 || typeof id !== 'string' || id === '') return undefined
    yield {
      message: `The replies to ${idOf.size} different requests have the same id.`,
      expected: 'another id for each reply',
      actual: showJson(id),
    }
    return undefined
  },
  mutants: { 'id-constant': editChunks((chunk) => (chunk.id = 'chatcmpl-1')) },
})

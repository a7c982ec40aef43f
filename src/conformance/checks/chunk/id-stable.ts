import { defineCheck } from '../../check/define-check.ts'
import { inMilliseconds } from '../../evidence/in-milliseconds.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChunks } from '../../faults/index.ts'

/** Seconds: several providers date each chunk, and a reply takes its time. */
const MAX_DRIFT = 600

export default defineCheck({
  id: 'chunk/id-stable',
  title: 'All chunks of a stream have the same `id`, `created` and `model`',
  severity: 'info',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'Each chunk has the same ID and the same timestamp',
    ...OPENAI_CHUNK,
    seenIn: issue('microsoft/Foundry-Local', 144),
  },
  effect:
    'Tools that group chunks by id see many answers, and bills name the wrong model. ElevenLabs tolerates it: its own buffer-word sample changes the id.',
  fix: 'Create the id and the time once per answer, outside the loop that writes chunks; answer with one model from start to end.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect({ chat: { chunks } }) {
    for (const member of ['id', 'model'] as const) {
      const named = chunks.filter(({ json }) => typeof json[member] === 'string' && json[member])
      const names = [...new Set(named.map(({ json }) => json[member]))]
      const other = named.find(({ json }) => json[member] !== names[0])
      if (!other) continue
      yield {
        message: `The stream has ${names.length} different ${member}s.`,
        expected: showJson(names[0]),
        actual: showJson(other.json[member]),
        at: other.event,
        path: `/${member}`,
      }
    }
    const dated = chunks.flatMap(({ event, json: { created } }) =>
      isSeconds(created) ? { event, created } : [],
    )
    const jump = dated.find(({ created }) => Math.abs(created - dated[0]!.created) > MAX_DRIFT)
    if (!jump) return
    yield {
      message: `\`created\` jumps by ${Math.abs(jump.created - dated[0]!.created)} seconds within the reply.`,
      expected: `${dated[0]!.created}`,
      actual: `${jump.created}`,
      at: jump.event,
      path: '/created',
    }
  },
  mutants: {
    'id-per-chunk': editChunks((chunk, i) => (chunk.id += `-${i}`)),
    'model-changes': editChunks((chunk, i) => (chunk.model += i > 1 ? '-fallback' : '')),
    'created-jumps': editChunks((chunk, i) => (chunk.created += i > 1 ? 86_400 : 0)),
  },
})

/** What is none is for `chunk/created-integer` to say. */
function isSeconds(created: unknown): created is number {
  return (
    typeof created === 'number' &&
    Number.isFinite(created) &&
    created > 0 &&
    !inMilliseconds(created)
  )
}

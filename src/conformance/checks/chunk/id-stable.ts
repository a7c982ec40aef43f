import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../check/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChunks } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/id-stable',
  title: 'All chunks of a stream have the same `id`',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Each chunk has the same ID',
    ...OPENAI_CHUNK,
    seenIn: issue('microsoft/Foundry-Local', 144),
  },
  effect:
    'Tools that group chunks by id see many answers. ElevenLabs tolerates it: its own buffer-word sample changes the id.',
  fix: 'Create the id once per answer, outside the loop that writes chunks.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect({ chunks }) {
    const named = chunks.filter(({ json: { id } }) => typeof id === 'string' && id !== '')
    const ids = [...new Set(named.map(({ json }) => json['id']))]
    const other = named.find(({ json }) => json['id'] !== ids[0])
    if (!other) return
    yield {
      message: `The stream has ${ids.length} different ids.`,
      expected: showJson(ids[0]),
      actual: showJson(other.json['id']),
      at: other.event,
      path: '/id',
    }
  },
  mutants: { 'id-per-chunk': editChunks((chunk, i) => (chunk.id += `-${i}`)) },
})

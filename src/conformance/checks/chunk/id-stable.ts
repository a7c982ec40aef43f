import { defineCheck } from '../../check.ts'
import { editChunks } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'

export default defineCheck({
  id: 'chunk/id-stable',
  title: 'All chunks of a stream carry one `id`',
  severity: 'info',
  since: '2026-11',
  requirement: { text: 'Each chunk has the same ID', ...OPENAI_CHUNK },
  effect:
    'Tools that group chunks by id see many answers. ElevenLabs does not mind: its own sample for buffer words changes the id.',
  fix: 'Make the id once for each answer, outside the loop that writes chunks.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect({ chunks }) {
    const named = chunks.filter(({ json: { id } }) => typeof id === 'string' && id !== '')
    const other = named.find(({ json }) => json['id'] !== named[0]!.json['id'])
    if (!other) return
    yield {
      message: `The stream has ${new Set(named.map(({ json }) => json['id'])).size} different ids.`,
      expected: JSON.stringify(named[0]!.json['id']),
      actual: JSON.stringify(other.json['id']),
      at: other.event,
      path: '/id',
    }
  },
  mutants: { 'id-per-chunk': editChunks((chunk, i) => (chunk.id += `-${i}`)) },
})

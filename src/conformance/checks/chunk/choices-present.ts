import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editStream } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'chunk/choices-present',
  title: 'Chunks have a `choices` array',
  severity: 'warning',
  since: '2026-11',
  requirement: { text: 'choices is required; it may be empty', ...OPENAI_CHUNK },
  effect: 'openai-python users who write "for choice in chunk.choices" get a TypeError.',
  fix: 'Send "choices": [] where a chunk has none, as OpenAI does for the usage.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect({ chunks }) {
    const lacking = chunks.filter(
      ({ json: { choices, usage, error } }) =>
        !Array.isArray(choices) && !isJsonObject(usage) && (error ?? null) === null,
    )
    for (const { first, count } of tally(lacking)) {
      yield {
        message: `A chunk has no \`choices\` array.`,
        count,
        expected: 'an array, if need be an empty one',
        actual: JSON.stringify(first.json['choices'] ?? null),
        at: first.event,
        path: '',
      }
    }
  },
  mutants: {
    'no-choices': editStream(([first, ...rest]) => {
      const { choices: _, ...bare } = first
      return [first, bare, ...rest]
    }),
  },
})

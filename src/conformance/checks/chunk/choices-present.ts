import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../check/once-for.ts'
import { showJson } from '../../check/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editStream } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/choices-present',
  title: 'Chunks have a `choices` array',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'choices is required; it may be empty',
    ...OPENAI_CHUNK,
    seenIn: issue('Portkey-AI/gateway', 1629),
  },
  effect: 'Python code that loops over chunk.choices raises a TypeError.',
  fix: 'Send "choices": [] where a chunk has none, as OpenAI does for the usage.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect({ chunks }) {
    const lacking = chunks.filter(
      ({ json: { choices, usage, error } }) =>
        !Array.isArray(choices) && !isJsonObject(usage) && (error ?? null) === null,
    )
    yield* onceFor(lacking, ({ event, json }) => ({
      message: 'A chunk has no `choices` array.',
      expected: 'an array, which may be empty',
      actual: showJson(json['choices']),
      at: event,
      path: '',
    }))
    const odd = chunks.filter(
      ({ json: { choices } }) => Array.isArray(choices) && !choices.every(isJsonObject),
    )
    yield* onceFor(odd, ({ event, json }) => ({
      message: 'An element of `choices` is not an object.',
      expected: 'an array of objects',
      actual: showJson(json['choices']),
      at: event,
      path: '/choices',
    }))
  },
  echoes: ['chunk/openai-schema'],
  mutants: {
    'no-choices': editStream(([first, ...rest]) => {
      const { choices: _, ...bare } = first
      return [first, bare, ...rest]
    }),
  },
})

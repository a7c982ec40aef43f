import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChunks, editStream, insertMidway } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/choices-present',
  title: 'Chunks have a `choices` array',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'choices is required; only beside usage it may be empty',
    ...OPENAI_CHUNK,
    seenIn: issue('ROCm/ATOM', 1711),
  },
  effect:
    'Code that loops over chunk.choices fails, and so does openai-node\'s stream helper: "chunk.choices is not iterable".',
  fix: 'Send "choices": [] where a chunk has none, as OpenAI does for the usage, and keep-alives as comments, ": ping".',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect({ chat: { chunks } }) {
    const lacking = chunks.filter(
      ({ json: { choices, error } }) => !Array.isArray(choices) && (error ?? null) === null,
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
    const idle = chunks.filter(({ json }) => saysNothing(json))
    yield* onceFor(idle, ({ event }) => ({
      message: 'A chunk has neither choices nor anything else: code that reads choices[0] fails.',
      expected: 'a choice, usage, or a comment in its place',
      at: event,
      path: '/choices',
      severity: 'info',
    }))
  },
  echoes: ['chunk/openai-schema'],
  mutants: {
    'no-choices': editStream(([first, ...rest]) => {
      const { choices: _, ...bare } = first
      return [first, bare, ...rest]
    }),
    'usage-without-choices': editChunks((chunk) => {
      if (chunk.usage) delete chunk.choices
    }),
    'ping-as-chunk': insertMidway({ kind: 'event', atMs: 0, data: '{"type":"ping"}' }),
    'heartbeat-empty-choices': editStream(([first, ...rest]) => [
      first,
      { ...first, choices: [] },
      ...rest,
    ]),
  },
})

const ENVELOPE = ['id', 'object', 'created', 'model', 'choices', 'system_fingerprint']

/** Azure opens with such a chunk, which reports on the prompt. */
function saysNothing(chunk: JsonObject): boolean {
  const { choices } = chunk
  return (
    Array.isArray(choices) &&
    choices.length === 0 &&
    Object.entries(chunk).every(([member, value]) => value === null || ENVELOPE.includes(member))
  )
}

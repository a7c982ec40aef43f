import {
  validatorOf,
  isJsonObject,
  type Json,
  type JsonObject,
  openaiChunkSchema,
} from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { isContentFilterReport } from './is-content-filter-report.ts'
import { onceFor } from '../../observe/once-for.ts'
import { editChoices, editChunks } from '../../faults/index.ts'

const violationsOf = validatorOf(openaiChunkSchema)
/** What may be null, and what must not be absent, either: there, null is judged as what it is. */
const NULL_COUNTS = new Set([
  'bytes',
  'content',
  'finish_reason',
  'refusal',
  'choices',
  'created',
  'delta',
  'model',
  'object',
])

export default defineCheck({
  id: 'chunk/openai-schema',
  title: 'Every chunk matches the specification of the OpenAI API',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  optIn: '--profile openai',
  requirement: {
    text: 'Every member that is required is there, and every member that is there has its type',
    source: 'OpenAI OpenAPI specification, CreateChatCompletionStreamResponse',
    url: 'https://github.com/openai/openai-openapi',
  },
  effect: 'Clients that are generated from the specification reject the chunk, and lose the reply.',
  fix: 'Write each chunk as OpenAI does; leave members out that you have no value for.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect({ chat: { chunks } }) {
    const violations = chunks
      .filter(({ json }) => !isFilterReport(json))
      .flatMap(({ event, json }) =>
        violationsOf(nullIsAbsent(json)).map((violation) => ({ event, ...violation })),
      )
    const kinds = Map.groupBy(violations, ({ path, message }) => `${nameOf(path)} ${message}`)
    for (const [kind, each] of kinds) {
      yield* onceFor(each, ({ event, path }) => ({
        message: `A chunk does not match OpenAI's schema: ${kind}.`,
        expected: 'a chunk as OpenAI specifies it',
        at: event,
        path,
      }))
    }
  },
  mutants: {
    'finish-reason-only-last': editChoices((choice) => {
      if (choice.finish_reason === null) delete choice.finish_reason
    }),
    'logprobs-bare': editChoices((choice) => (choice.logprobs = {})),
    'service-tier-number': editChunks((chunk) => (chunk.service_tier = 1)),
  },
})

/** Azure adds such chunks to the stream of OpenAI. */
function isFilterReport({ choices, prompt_filter_results: onPrompt }: JsonObject): boolean {
  return (
    Array.isArray(choices) &&
    (choices.length > 0 ? choices.every(isContentFilterReport) : onPrompt !== undefined)
  )
}

/** Many a server, openai-python's models among them, writes null for what is optional and absent. */
function nullIsAbsent(value: Json): Json {
  if (Array.isArray(value)) return value.map(nullIsAbsent)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => member !== null || NULL_COUNTS.has(name))
      .map(([name, member]) => [name, nullIsAbsent(member)]),
  )
}

/** A place in any chunk: numbers make no difference. */
function nameOf(path: string): string {
  return path === '' ? 'the whole' : path.replaceAll(/\d+/g, '*')
}

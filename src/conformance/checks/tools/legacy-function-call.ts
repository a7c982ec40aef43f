import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChoices } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/legacy-function-call',
  title: 'Tools are called in `tool_calls`, not in `function_call`',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'function_call is deprecated and replaced by tool_calls',
    ...OPENAI_CHUNK,
    seenIn: issue('microsoft/autogen', 1178),
  },
  effect: 'The platform offered tools and looks for tool_calls: the call is lost without an error.',
  fix: 'Send the call in delta.tool_calls, with an index and an id, and end with "tool_calls".',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect(evidence) {
    const { request } = evidence
    if (Array.isArray(request?.['functions'])) return skip('the request offers `functions`')
    const { choices, pieces } = evidence.chat
    if (pieces.every(({ delta }) => (delta?.['function_call'] ?? null) === null)) return undefined
    const called = new Map(
      choices.map(({ index, calls }) => [index, new Set(calls.map(({ name }) => name))]),
    )
    // Some servers write all members on every delta, empty; some write each call in both.
    const legacy = pieces.filter(({ index, delta }) => {
      const call = delta?.['function_call']
      const name = isJsonObject(call) ? call['name'] : undefined
      return typeof name === 'string' && name !== '' && !called.get(index)?.has(name)
    })
    yield* onceFor(legacy, (first) => ({
      message: 'A call is in `function_call`, which is for requests with `functions`.',
      expected: '`tool_calls`',
      actual: showJson(first.delta?.['function_call']),
      ...evidence.where(first, '/delta/function_call'),
      severity: request ? 'error' : 'warning',
    }))
    return undefined
  },
  mutants: {
    'tool-as-function-call': editChoices((choice) => {
      const [call] = choice.delta.tool_calls ?? []
      if (call) choice.delta.function_call = call.function
      delete choice.delta.tool_calls
      if (choice.finish_reason === 'tool_calls') choice.finish_reason = 'function_call'
    }),
  },
  echoes: ['stream/empty-reply'],
})

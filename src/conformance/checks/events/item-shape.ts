import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { RESPONSES_OBJECT } from '../../check/sources.ts'
import { type Draft, editEach } from '../../faults/index.ts'
import { OF_ITEM } from './event-families.ts'

/** What is wrong with an item, what would be right, and where. */
interface Flaw {
  readonly message: string
  readonly expected: string
  readonly path: string
  readonly severity: 'error' | 'warning'
}

export default defineCheck({
  id: 'events/item-shape',
  title:
    'A message has a role and a list of parts; a call has its name and arguments beside its type',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'A message: `role` and `content`, a list; a function_call: `call_id`, `name`, `arguments`',
    ...RESPONSES_OBJECT,
  },
  effect:
    'A call that is nested as in chat completions is never made. Typed clients refuse the other items.',
  fix: 'Write messages as `{"type": "message", "role": "assistant", "content": [...]}`, calls as `{"type": "function_call", "call_id", "name", "arguments"}`.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const flawed = evidence.responses.events.flatMap(({ event, type, json: { item } }) => {
      const flaw = OF_ITEM.test(type) && isJsonObject(item) ? flawOf(item) : undefined
      return flaw ? { event, flaw, item: item! } : []
    })
    for (const alike of Map.groupBy(flawed, ({ flaw }) => flaw.message).values()) {
      yield* onceFor(alike, ({ event, flaw, item }) => ({
        ...flaw,
        actual: showJson(item),
        at: event,
      }))
    }
  },
  mutants: {
    'item-no-role': editEach(OF_ITEM, ({ item }) => delete item.role),
    'item-content-string': editEach(OF_ITEM, ({ item }) => {
      if (item.type === 'message')
        item.content = item.content.map((part: Draft) => part.text).join('')
    }),
    'item-nested-function': editEach(OF_ITEM, ({ item }) => {
      if (item.type !== 'function_call') return
      item.function = { name: item.name, arguments: item.arguments }
      delete item.name
      delete item.arguments
    }),
  },
  echoes: ['tools/name-missing', 'tools/name-known', 'tools/arguments-string'],
})

function flawOf(item: JsonObject): Flaw | undefined {
  const { type, role, content, function: nested, name } = item
  if (type === 'message') {
    if (role !== 'assistant') {
      return {
        message: `The role of a message is ${showJson(role)}.`,
        expected: '"role": "assistant"',
        path: '/item',
        severity: 'warning',
      }
    }
    return Array.isArray(content)
      ? undefined
      : {
          message: 'The content of a message is not a list of parts.',
          expected: '"content": [...]',
          path: '/item',
          severity: 'warning',
        }
  }
  return type === 'function_call' && isJsonObject(nested) && typeof name !== 'string'
    ? {
        message: 'A function_call has its name and arguments in a member `function`.',
        expected: '"name" and "arguments" beside "type"',
        path: '/item/function',
        severity: 'error',
      }
    : undefined
}

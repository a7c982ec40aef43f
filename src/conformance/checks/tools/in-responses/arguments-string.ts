import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editArguments } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'
import { showJson } from '../../../observe/show-json.ts'
import { toldCalls } from './told-calls.ts'

export default defineCheck({
  id: 'tools/arguments-string',
  title: 'The arguments of a call are a string',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'arguments: a JSON string of the arguments to pass to the function',
    ...RESPONSES_EVENTS,
  },
  effect: 'Clients that validate events lose the call; others parse "[object Object]".',
  fix: 'Serialize them: "arguments": json.dumps(args). Announce a call with "arguments": "".',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const told = [
      ...toldCalls(evidence).map(({ event, item }) => ({
        event,
        path: '/item/arguments',
        args: item['arguments'] ?? '',
      })),
      ...evidence.responses.events.flatMap(({ event, type, json }) =>
        type === 'response.function_call_arguments.done'
          ? { event: event.index, path: '/arguments', args: json['arguments'] ?? '' }
          : [],
      ),
    ]
    const wrong = told.filter(({ args }) => typeof args !== 'string')
    yield* onceFor(wrong, ({ args, ...spot }) => ({
      message: `The arguments of a call are ${Array.isArray(args) ? 'an array' : `of type ${typeof args}`}.`,
      expected: 'a string that contains JSON',
      actual: showJson(args),
      ...evidence.where(spot),
    }))
  },
  mutants: { 'tool-args-object': editArguments((args) => JSON.parse(args)) },
  echoes: ['events/delta-string', 'tools/arguments-json', 'tools/arguments-empty'],
})

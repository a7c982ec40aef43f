import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEvents, renumbered } from '../../faults/index.ts'

/** Of the reference, what OpenAI and vLLM send beside it, and names of providers. */
const KNOWN = new RegExp(
  [
    String.raw`^(?:error|keepalive|[\w-]+:.*)$`,
    String.raw`^response\.(?:created|queued|in_progress|completed|incomplete|failed)$`,
    String.raw`^response\.output_item\.(?:added|done)$`,
    String.raw`^response\.(?:content|reasoning|reasoning_summary)_part\.(?:added|done)$`,
    String.raw`^response\.(?:output_text|refusal|reasoning|reasoning_text|reasoning_summary_text)\.(?:delta|done)$`,
    String.raw`^response\.output_text\.annotation\.added$`,
    String.raw`^response\.(?:function_call_arguments|custom_tool_call_input|mcp_call_arguments)\.(?:delta|done)$`,
    String.raw`^response\.audio(?:\.transcript)?\.(?:delta|done)$`,
    String.raw`^response\.(?:code_interpreter|file_search|image_generation|mcp|web_search)_call\.\w+$`,
    String.raw`^response\.mcp_list_tools\.\w+$`,
    String.raw`^response\.(?:code_interpreter_call_code|shell_call_command|shell_call_output_content|apply_patch_call_operation_diff)\.\w+$`,
  ].join('|'),
)

export default defineCheck({
  id: 'events/type-known',
  title: 'Events are of types that the API reference has',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The types of events that a stream may have',
    ...RESPONSES_EVENTS,
    seenIn: issue('decolua/9router', 2142),
  },
  effect: "openai-node's stream helper throws on a type that it does not know; others skip it.",
  fix: 'Use the types of the reference; give events of your own the name of your service: `acme:progress`.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const unknown = evidence.responses.events.filter(({ type }) => !KNOWN.test(type))
    yield* onceFor(unknown, ({ event, type }) => ({
      message: `No event of the API is of type ${showJson(type)}.`,
      expected: 'a type of the API reference',
      actual: type,
      at: event,
      path: '/type',
    }))
  },
  mutants: {
    'event-unknown-type': editEvents((events) =>
      renumbered(events.toSpliced(1, 0, { type: 'response.thinking', sequence_number: 1 })),
    ),
    'event-response-done': editEvents((events) =>
      renumbered(events.toSpliced(-1, 0, { type: 'response.done', sequence_number: 1 })),
    ),
  },
})

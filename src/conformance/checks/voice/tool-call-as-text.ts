import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../check/once-for.ts'
import { showJson } from '../../check/show-json.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { findInText } from '../../evidence/find-in-text.ts'
import { type Draft, editStream } from '../../faults/index.ts'

/** What models write when nothing turns it into a call: tags, and `{"name": ..., "arguments": ...}`. */
const CALL =
  /<\/?(?:tool_call|tool_calls|function_calls?|invoke)[ >][^\n]{0,80}|<function=[^\n]{0,80}|\[TOOL_CALLS\][^\n]{0,80}|\{\s{0,20}"(?:name|function|tool|tool_name)"\s{0,20}:\s{0,20}"[\w.-]{1,64}"\s{0,20},\s{0,20}"(?:arguments|parameters|args)"\s{0,20}:[^\n]{0,80}/g

export default defineCheck({
  id: 'voice/tool-call-as-text',
  title: 'Tool calls are not written out as text',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A tool call is sent in delta.tool_calls',
    ...OPENAI_TOOLS,
    seenIn: issue('guoqingbao/xinfer', 383),
  },
  effect:
    'The tool is never called, and the voice reads braces and names of functions to the caller.',
  fix: "Turn on your server's tool parser for this model (vLLM: --enable-auto-tool-choice --tool-call-parser; llama.cpp: --jinja), and send calls in delta.tool_calls.",
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    yield* onceFor(findInText(evidence, CALL), ({ text, piece }) => ({
      message: 'A tool call is written out as text.',
      expected: 'the call in delta.tool_calls, and no trace of it in delta.content',
      actual: showJson(text),
      ...evidence.where(piece, '/delta/content'),
    }))
  },
  mutants: {
    'tool-json-content': editStream((chunks, { body }) =>
      JSON.parse(body ?? '{}').tool_choice ? chunks : chunks.map(sayCalls),
    ),
  },
})

/** Turns the fragments of calls into text. */
function sayCalls(chunk: Draft): Draft {
  for (const { delta } of chunk.choices) {
    const fragments: Draft[] = delta.tool_calls ?? []
    if (fragments.length === 0) continue
    delta.content = fragments
      .map(({ function: { name, arguments: args } }) =>
        name ? `{"name": "${name}", "arguments": ${args}` : args,
      )
      .join('')
    delete delta.tool_calls
  }
  for (const choice of chunk.choices) {
    if (choice.finish_reason === 'tool_calls') choice.finish_reason = 'stop'
  }
  return chunk
}

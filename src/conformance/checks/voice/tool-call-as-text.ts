import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../check/once-for.ts'
import { showJson } from '../../check/show-json.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { findInText } from '../../evidence/find-in-text.ts'
import { type Draft, editStream } from '../../faults/index.ts'

/** What models write when nothing turns it into a call: tags, and `{"name": ..., "arguments": ...}`. */
const CALL =
  /<\/?(?:tool_call|tool_calls|function_calls?|invoke)[ >][^\n]{0,80}|<function=[^\n]{0,80}|\[TOOL_CALLS\][^\n]{0,80}|\{\s{0,20}(?:"type"\s{0,20}:\s{0,20}"function"\s{0,20},\s{0,20})?"(?:name|function|tool|tool_name|action)"\s{0,20}:\s{0,20}"[\w.-]{1,64}"\s{0,20},\s{0,20}"(?:arguments|parameters|args|action_input)"\s{0,20}:[^\n]{0,80}/g

/**
 * What may be the call of a function, where a tool has its name: Python's and JavaScript's; Gemma's;
 * a tag; ReAct's. Without arguments only in brackets, since people write `end_call()` of functions.
 */
const WRITTEN =
  /\[?\b[a-z_][\w.-]{0,63}(?:\((?:\s{0,9}\w{1,64}\s?=(?!=)|\s{0,9}\{|\)\])|:?\s?\{\s{0,9}"?\w{1,64}"?\s?:)|<\/?[a-z_][\w.-]{0,63}(?:\s[^<>\n]{0,80})?\/?>|\bAction: ?[a-z_][\w.-]{0,63}\s{0,4}\nAction Input/gi

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
    const written = findInText(evidence, WRITTEN).filter(({ text }) => namesTool(evidence, text))
    yield* onceFor([...findInText(evidence, CALL), ...written], ({ text, piece }) => ({
      message: 'A tool call is written out as text.',
      expected: 'the call in delta.tool_calls, and no trace of it in delta.content',
      actual: showJson(text),
      ...evidence.where(piece, '/delta/content'),
    }))
    for (const { index, content, toolCalls } of evidence.reply.choices) {
      if (toolCalls.length === 0 || !isStray(content)) continue
      yield {
        message: 'Beside a tool call the text has no letter or digit, and is still spoken.',
        expected: 'words to the caller, or no text',
        actual: showJson(content),
        fix: 'Send no text where the parser of calls leaves only brackets, quotes or the like.',
        ...evidence.where(evidence.spokenByChoice.get(index)![0]!.piece, '/delta/content'),
        severity: 'warning',
      }
    }
  },
  mutants: {
    'tool-json-content': editStream((chunks, { body }) =>
      JSON.parse(body ?? '{}').tool_choice ? chunks : chunks.map(sayCalls),
    ),
    'brackets-beside-call': editStream((chunks) => chunks.flatMap(sayBrackets)),
  },
  echoes: ['voice/code-or-table'],
})

/** Whether what is written as a call is that of a tool which the request offers. */
function namesTool({ offered }: Evidence, text: string): boolean {
  const name = /[\w.-]+/.exec(text.replace(/^Action: ?(?=\w)/i, ''))![0]
  return Boolean(offered?.has(name) || offered?.has(name.slice(name.lastIndexOf('.') + 1)))
}

/** Whether it is neither words nor a picture, but more than a pause. */
function isStray(text: string): boolean {
  return /[^\s\p{C}.,…!?。、！？–—-]/u.test(text) && !/[\p{L}\p{N}\p{ExtPict}]/u.test(text)
}

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

/** Leaves brackets where a call begins. */
function sayBrackets(chunk: Draft): Draft[] {
  const [choice] = chunk.choices
  if (!choice?.delta.tool_calls?.some((fragment: Draft) => 'name' in fragment.function)) {
    return [chunk]
  }
  const copy = structuredClone(chunk)
  copy.choices[0].delta = { content: '[]' }
  return [copy, chunk]
}

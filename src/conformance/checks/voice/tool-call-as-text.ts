import type { PlannedCall } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { wordsOf } from '../../evidence/words-of.ts'
import { findInText } from '../../observe/find-in-text.ts'
import { type Draft, editStream, sayOtherwise } from '../../faults/index.ts'

/** What models write when nothing turns it into a call: tags, and `{"name": ..., "arguments": {`. */
const CALL =
  /\{\s{0,20}"name"\s{0,20}:\s{0,20}"[\w.-]{1,64}"\s{0,20},\s{0,20}"arguments"\s{0,20}:\s{0,20}"?\{[^\n]{0,80}|<\/?(?:tool_call|tool_calls|function_calls?|invoke)[ >][^\n]{0,80}|<function=[^\n]{0,80}|<\/?(?:tool_code|xai:function_call|[|｜]DSML[|｜]\w{1,40})[ >][^\n]{0,80}|\[TOOL_CALLS\][^\n]{0,80}/g

/** What may be the call of a function, where an offered tool has its name: `name` takes it out. */
const WRITTEN = [
  {
    // {"name": ..., "arguments": ...}, in either order, with quotes of JSON or of Python.
    pattern:
      /\{\s{0,20}(?:["']type["']\s{0,20}:\s{0,20}["']function["']\s{0,20},\s{0,20})?["'](?:name|function|tool|tool_name|action)["']\s{0,20}:\s{0,20}["'][\w.-]{1,64}["']\s{0,20},\s{0,20}["'](?:arguments|parameters|args|action_input|tool_input|input)["']\s{0,20}:[^\n]{0,80}|["'](?:arguments|parameters|args)["']\s{0,9}:\s{0,9}\{[^{}]{0,400}\}\s{0,9},\s{0,9}["'](?:name|function|tool)["']\s{0,9}:\s{0,9}["'][\w.-]{1,64}["']/g,
    name: /["'](?:name|function|tool|tool_name|action)["']\s*:\s*["']([\w.-]+)["'](?=\s*(?:,|$))/,
  },
  {
    // Python's and JavaScript's; Gemma's; Kimi's; by the name as the only member. Without arguments only
    // in brackets or as the last line, since people write `end_call()` of functions.
    pattern:
      /\[?\b[a-z_][\w.-]{0,63}(?:\((?:\s{0,9}\w{1,64}\s?=(?!=)|\s{0,9}\{|\)\])|(?::\d{1,4}|:)?\s?\{\s{0,9}"\w{1,64}"\s?:)|(?<=call:)[a-z_][\w.-]{0,63}\{\s{0,9}\w{1,64}\s?:|^[a-z_][\w.-]{0,63}\(\)\s{0,9}$(?![^])|\{\s?"[a-z_][\w.-]{0,63}"\s?:\s?\{[^\n]{0,80}\}\s?\}/gim,
    name: /([\w.-]+?)(?=:\d|["(: {]|$)/,
  },
  {
    // A tag of that name, where it is no word, as that of HTML or of a voice is; or around JSON.
    pattern:
      /<\/?(?=\w{0,60}(?:_|[a-z][A-Z]))[a-z][\w.-]{0,63}(?:\s[^<>\n]{0,80})?\/?>|<[a-z][\w.-]{0,63}>(?=\s{0,9}\{)/g,
    name: /([\w.-]+)/,
  },
  {
    pattern: /<(?:function|tool)\s{1,4}name=["'][\w.-]{1,64}["'][^<>\n]{0,80}>/gi,
    name: /name=["']([\w.-]+)/i,
  },
  {
    // ReAct's, and what stands for a call in brackets.
    pattern:
      /\bAction: ?[a-z_][\w.-]{0,63}(?:\s{0,4}\nAction Input|\[)|\[(?:tool_call|tool call|calling|function): ?[a-z_][\w.-]{0,63}|\[[a-z]\w{0,63}_\w{0,63}\]/gi,
    name: /([\w.-]+)[^\w]*(?:Action Input)?$/i,
  },
  {
    // Nothing but the name, where no word has its form.
    pattern: /^\s{0,9}(?=\w{0,60}(?:_|[a-z][A-Z]))[a-z]\w{0,63}\s{0,9}$/g,
    name: /([\w.-]+)/,
  },
] as const

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
  wordsIn: {
    responses: {
      requirement: {
        text: 'A tool call is an item of type function_call',
        ...OPENAI_TOOLS,
        seenIn: issue('guoqingbao/xinfer', 383),
      },
      fix: "Turn on your server's tool parser for this model (vLLM: --enable-auto-tool-choice --tool-call-parser; llama.cpp: --jinja), and send calls as items of type function_call.",
    },
  },
  probes: 'every-stream',
  needs: ['content'],
  signs: ['odd-text'],
  *inspect(evidence) {
    const written = WRITTEN.flatMap(({ pattern, name }) =>
      findInText(evidence, pattern).filter(({ text }) => isOffered(evidence, name.exec(text)?.[1])),
    )
    const { call, text: said } = wordsOf(evidence)
    yield* onceFor([...findInText(evidence, CALL), ...written], ({ text, piece }) => ({
      message: 'A tool call is written out as text.',
      expected: `the call in ${call}, and no trace of it in ${said}`,
      actual: showJson(text),
      ...evidence.where(piece),
    }))
    for (const { index, text, calls } of evidence.reading.choices) {
      if (calls.length === 0 || !isStray(text)) continue
      yield {
        message: 'Beside a tool call the text has no letter or digit, and is still spoken.',
        expected: 'words to the caller, or no text',
        actual: showJson(text),
        fix: 'Send no text where the parser of calls leaves only brackets, quotes or the like.',
        ...evidence.where(evidence.spokenByChoice.get(index)![0]!),
        severity: 'warning',
      }
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'tool-json-content': editStream((chunks, { body }) =>
        JSON.parse(body ?? '{}').tool_choice ? chunks : chunks.map(sayCalls),
      ),
      'brackets-beside-call': editStream((chunks) => chunks.flatMap(sayBrackets)),
    },
    responses: {
      'tool-json-content': sayOtherwise(({ text, calls, ...rest }, { tool_choice: choice }) =>
        choice || calls.length === 0
          ? undefined
          : { ...rest, text: text + calls.map(inJson).join(''), calls: [], finishReason: 'stop' },
      ),
      'brackets-beside-call': sayOtherwise((answer) =>
        answer.calls.length > 0 ? { ...answer, text: `${answer.text}[]` } : undefined,
      ),
    },
  },
  echoes: ['voice/code-or-table'],
})

/** Whether the request offers a tool of this name. */
function isOffered({ offered }: Evidence, name = ''): boolean {
  return [name, name.slice(name.lastIndexOf('.') + 1)].some((each) => offered?.has(each))
}

/** Whether it is neither words, nor music or a picture, but more than a pause. */
function isStray(text: string): boolean {
  const rest = text.replaceAll(/(?<=[.…‥!?؟。！？])["'”’]/g, '')
  return (
    /[^\s\p{C}.,…‥!?؟।॥。、！？–—-]/u.test(rest) && !/[\p{L}\p{N}\p{ExtPict}\p{RI}♩-♯]/u.test(rest)
  )
}

function inJson({ name, arguments: args }: PlannedCall): string {
  return `{"name": "${name}", "arguments": ${args}}`
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

import { compileSchema, parseJson, type Call as ToolCall } from '../../../protocol/index.ts'
import { type Call, type Fault, type Handler, headerValue, inject } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { showClock } from '../../observe/show-clock.ts'
import type { Expectation } from '../../evidence/expectation.ts'
import {
  type Draft,
  editArguments,
  editChoices,
  editItems,
  editStream,
  editText,
  sayOtherwise,
} from '../../faults/index.ts'

export default defineCheck({
  id: 'replay/expected',
  title: 'A replayed request is answered as whoever recorded it expects',
  severity: 'error',
  since: '2026-11',
  optIn: '--replay',
  requirement: {
    text: 'What `expect` says in the file of the request',
    source: 'soundcheck, recorded requests',
    url: 'https://unpkg.com/llm-soundcheck/schemas/request-fixture.schema.json',
  },
  effect: 'The agent says or does something else than it was built for.',
  fix: 'Compare the reply with `expect`: change the prompt, the model or the expectation.',
  probes: ['replay'],
  needs: ['expectation', 'untruncated'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    const { expectation } = evidence
    const calls = evidence.reading.choices[0]?.calls ?? []
    yield* judgeTool(expectation, calls, evidence)
    yield* judgeArguments(expectation, calls, evidence)
    yield* judgeText(expectation, evidence)
    yield* judgeTime(expectation, evidence)
  },
  mutants: {
    'replay-other-arguments': onReplay(editArguments((args) => args.replace(/:".*?"/, ':"?"'))),
    'replay-other-text': onReplay(editText(() => 'hm ')),
  },
  mutantsIn: {
    chat: {
      'replay-other-tool': onReplay(
        editStream((chunks, { body }) => {
          const { tools = [] } = JSON.parse(body ?? '')
          const offered: string[] = tools.map((tool: Draft) => tool.function.name)
          for (const { function: called } of chunks.flatMap(fragmentsOf))
            if (called.name) called.name = offered.find((name) => name !== called.name)
          return chunks
        }),
      ),
      'replay-text-for-tool': onReplay(
        editChoices((choice) => {
          if (choice.delta.tool_calls) choice.delta = { content: 'Goodbye.' }
          if (choice.finish_reason === 'tool_calls') choice.finish_reason = 'stop'
        }),
      ),
    },
    responses: {
      'replay-other-tool': onReplay(
        editItems(/^function_call$/, (item) => {
          item.name = item.name === 'skip_turn' ? 'end_call' : 'skip_turn'
        }),
      ),
      'replay-text-for-tool': onReplay(
        sayOtherwise((answer) =>
          answer.calls.length === 0
            ? undefined
            : { text: 'Goodbye.', calls: [], finishReason: 'stop' },
        ),
      ),
    },
  },
})

/** Breaks only what is sent by this check's probe. */
function onReplay(fault: Fault): Fault {
  return {
    wrap<C extends Call>(handler: Handler<C>): Handler<C> {
      const broken = inject(fault, handler)
      return (request, call) =>
        headerValue(request.headers, 'x-soundcheck-probe')?.startsWith('replay-')
          ? broken(request, call)
          : handler(request, call)
    },
  }
}

function fragmentsOf({ choices }: Draft): Draft[] {
  return choices.flatMap(({ delta }: Draft) => delta.tool_calls ?? [])
}

function* judgeTool({ tool }: Expectation, calls: readonly ToolCall[], evidence: Evidence) {
  if (tool === undefined) return
  const names = calls.map(({ name = '' }) => name)
  if (tool === null ? names.length === 0 : names.includes(tool)) return
  yield {
    message: `The reply calls ${names.length === 0 ? 'no tool' : names.join(', ')}.`,
    expected: tool === null ? 'no tool call' : `a call of ${tool}`,
    actual: textOf(evidence),
  }
}

/** Those of the expected tool, or of every call where none is named. */
function* judgeArguments(
  { tool, arguments: schema }: Expectation,
  calls: readonly ToolCall[],
  evidence: Evidence,
) {
  if (schema === undefined) return
  const violationsOf = compileSchema(schema)
  for (const { name, arguments: args, latest } of calls) {
    if (typeof tool === 'string' && name !== tool) continue
    const violation = firstOf(violationsOf, parseJson(args))
    if (!violation) continue
    const where = violation.path === '' ? '' : `${violation.path} `
    yield {
      message: `The arguments of ${name ?? 'a call'} are not as expected: ${where}${violation.message}.`,
      expected: 'arguments that match the schema in `expect`',
      actual: args,
      ...evidence.whereArguments({ latest }),
    }
  }
}

/** Arguments that cannot be held against a schema in a second are not what anybody expects. */
function firstOf(violationsOf: ReturnType<typeof compileSchema>, value: unknown) {
  try {
    return violationsOf(value)[0]
  } catch {
    return { path: '', message: 'are too much to be held against the schema' }
  }
}

function* judgeText({ text: pattern }: Expectation, evidence: Evidence) {
  if (pattern === undefined) return
  const text = textOf(evidence)
  if (new RegExp(pattern, 'iu').test(text)) return
  yield {
    message: 'The text of the reply is not as expected.',
    expected: `a text that matches /${pattern}/`,
    actual: text,
  }
}

function* judgeTime({ firstContentMs: limit }: Expectation, { timing }: Evidence) {
  const { firstContentMs: atMs } = timing
  if (limit === undefined || atMs === undefined || atMs <= limit) return
  yield {
    message: `The first content came after ${Math.round(atMs)} ms.`,
    expected: `at most ${limit} ms`,
    actual: showClock(timing),
  }
}

function textOf({ reading }: Evidence): string {
  return reading.choices[0]?.text ?? ''
}

import type { Answer, ChatRequest, FinishReason } from '../../../protocol/index.ts'
import { limit } from '../../write/limit.ts'
import { compileValue } from './compile-value.ts'
import type { AnswerSpec, CallSpec } from '../spec/scenario.ts'
import { type Filling, type Template, template } from './template.ts'

/** Makes the answer of a choice. */
export type AnswerMaker = (filling: Filling) => Promise<Answer>

/** Compiles what is said and called; the same answer object is given wherever nothing varies. */
export function compileAnswer(spec: AnswerSpec): AnswerMaker {
  const texts = {
    text: template(spec.text ?? ''),
    ...(spec.reasoning !== undefined && { reasoning: template(spec.reasoning) }),
    ...(spec.refusal !== undefined && { refusal: template(spec.refusal) }),
    ...(spec.bufferWords !== undefined && { bufferWords: template(spec.bufferWords) }),
  }
  const calls = (spec.calls ?? []).map(compileCall)
  const fixed = [...Object.values(texts), ...calls.map((call) => call.arguments)].every(
    (each) => each.fixed,
  )
  const make = (filling: Filling): Answer => {
    const fill = (each: Template) => each.render(filling)
    return {
      text: fill(texts.text),
      ...(texts.reasoning && { reasoning: fill(texts.reasoning) }),
      ...(texts.refusal && { refusal: fill(texts.refusal) }),
      ...(texts.bufferWords && { bufferWords: fill(texts.bufferWords) }),
      ...(spec.interleave && { interleave: true }),
      calls: calls.map((call) => ({ ...call, arguments: fill(call.arguments) })),
      finishReason: finishReasonOf(spec),
    }
  }
  let always: Answer | undefined
  return async (filling) => {
    const answer = fixed ? (always ??= make(filling)) : make(filling)
    return isLimited(filling.situation.request) ? limit(answer, filling.situation.request) : answer
  }
}

function finishReasonOf({ finishReason, calls = [] }: AnswerSpec): FinishReason {
  return finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop')
}

function isLimited({ stop, max_tokens, max_completion_tokens }: ChatRequest): boolean {
  return [stop, max_tokens, max_completion_tokens].some((each) => (each ?? null) !== null)
}

interface CompiledCall extends Omit<CallSpec, 'arguments'> {
  readonly arguments: Template
}

function compileCall({ arguments: value = {}, ...call }: CallSpec): CompiledCall {
  if (typeof value === 'string') return { ...call, arguments: template(value) }
  if (!JSON.stringify(value).includes('{{')) {
    return { ...call, arguments: template(JSON.stringify(value)) }
  }
  const filled = compileValue(value)
  return {
    ...call,
    arguments: { fixed: false, render: (filling) => JSON.stringify(filled(filling)) },
  }
}

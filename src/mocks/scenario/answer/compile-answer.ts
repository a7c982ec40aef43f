import type { Answer, ChatRequest, FinishReason } from '../../../protocol/index.ts'
import { limit } from '../../write/limit.ts'
import { compileValue } from './compile-value.ts'
import type { AnswerSpec, CallSpec, MessageSpec } from '../spec/scenario.ts'
import { type Filling, type Template, template } from './template.ts'

/** Makes the answer of a choice. */
export type AnswerMaker = (filling: Filling) => Promise<Answer>

/** Compiles what is said and called; the same answer object is given wherever nothing varies. */
export function compileAnswer(spec: AnswerSpec): AnswerMaker {
  if (spec.text !== undefined && spec.messages) {
    throw new Error('/then has both "text" and "messages"; say all of it in one of them')
  }
  const said = (spec.messages ?? [{ text: spec.text ?? '' }]).map((message) => ({
    ...message,
    text: template(message.text),
  }))
  const texts = {
    ...(spec.reasoning !== undefined && { reasoning: template(spec.reasoning) }),
    ...(spec.refusal !== undefined && { refusal: template(spec.refusal) }),
    ...(spec.bufferWords !== undefined && { bufferWords: template(spec.bufferWords) }),
  }
  const calls = (spec.calls ?? []).map(compileCall)
  const fixed = [
    ...said.map(({ text }) => text),
    ...Object.values(texts),
    ...calls.map((call) => call.arguments),
  ].every((each) => each.fixed)
  const make = (filling: Filling): Answer => {
    const fill = (each: Template) => each.render(filling)
    return {
      ...joined(said.map(({ text, ...message }) => ({ ...message, text: fill(text) }))),
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

/** A space stands between messages where they are one text. */
function joined(said: readonly MessageSpec[]): Pick<Answer, 'text' | 'messages'> {
  const [first, ...others] = said
  if (others.length === 0 && first!.phase === undefined) return { text: first!.text }
  let from = 0
  const messages = said.map(({ text, phase }) => {
    const to = from + text.length
    const place = { ...(phase && { phase }), from, to }
    from = to + 1
    return place
  })
  return { text: said.map(({ text }) => text).join(' '), messages }
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

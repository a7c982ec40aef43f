import { isJsonObject, type Json, type JsonObject, responses } from '../../../protocol/index.ts'
import { encodeFrame, jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { isFinished } from '../../observe/is-finished.ts'

export default defineCheck({
  id: 'behaviour/stream-parity',
  title: 'The same request is answered alike, streamed or not',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: '`stream` decides how the reply is delivered, not what it is',
    ...OPENAI_REQUEST,
    seenIn: issue('vllm-project/vllm', 57_950),
  },
  effect: 'What you test without a stream is not what the caller gets.',
  fix: 'Build both answers from the same reply of your model.',
  wordsIn: {
    responses: {
      requirement: {
        text: '`stream` decides how the reply is delivered, not what it is',
        ...RESPONSES_REQUEST,
        seenIn: issue('vllm-project/vllm', 57_950),
      },
    },
  },
  probes: ['farewell', 'non-stream'],
  needs: ['exchange', 'request', 'response'],
  dependsOnModel: 'choice',
  *compare(evidence) {
    const whole = evidence.find(({ probe }) => probe === 'non-stream')
    const kind = whole?.wasAccepted ? kindIn(whole) : undefined
    if (!whole || kind === undefined) return skip('there is no reply without a stream')
    const asked = whatWasAsked(whole.request)
    const streamed = evidence.filter(
      (each) =>
        each !== whole &&
        isFinished(each) &&
        each.calls.every(({ name }) => name !== undefined) &&
        whatWasAsked(each.request) === asked,
    )
    if (streamed.length === 0) return skip('there is no reply to the same request with a stream')
    // The model may choose otherwise each time.
    const kinds = new Set(streamed.map(({ calls }) => kindOf(calls.map(({ name = '' }) => name))))
    if (kinds.has(kind)) return
    yield {
      message: `The reply without a stream is ${kind}; with a stream, it was ${[...kinds].join(', or ')}.`,
      expected: 'words both times, or calls of the same tools',
      actual: kind,
      evidence: whole,
    }
  },
  mutants: {
    'nonstream-differs': (reply, { method }) => {
      const [frame] = reply.frames
      if (method !== 'POST' || reply.status !== 200 || frame?.kind !== 'bytes') return reply
      const completion = JSON.parse(String(encodeFrame(frame)))
      if (completion.object === 'response') {
        const content = [{ type: 'output_text', text: 'Goodbye.', annotations: [] }]
        const item = {
          id: 'msg_1',
          type: 'message',
          status: 'completed',
          role: 'assistant',
          content,
        }
        return jsonReply(200, { ...completion, output: [item] })
      }
      const [choice] = completion.choices
      const message = { role: 'assistant', content: 'Goodbye.' }
      return jsonReply(200, {
        ...completion,
        choices: [{ ...choice, message, finish_reason: 'stop' }],
      })
    },
  },
})

/** What a reply without a stream is; `undefined` for none. */
function kindIn({ json, dialect }: Evidence): string | undefined {
  if (dialect.id === responses.id) {
    const output = isJsonObject(json) ? json['output'] : undefined
    return Array.isArray(output) ? kindOfOutput(output.filter(isJsonObject)) : undefined
  }
  const message = messageOf(json)
  return message && (isEmpty(message) ? 'empty' : kindOf(namesIn(message)))
}

function kindOfOutput(items: readonly JsonObject[]): string {
  const calls = items.filter(({ type }) => type === 'function_call' || type === 'custom_tool_call')
  const parts = items.flatMap(({ content }) => (Array.isArray(content) ? content : []))
  const saysNothing = !parts.filter(isJsonObject).some(({ text, refusal }) => text || refusal)
  return calls.length === 0 && saysNothing ? 'empty' : kindOf(calls.map(({ name }) => name))
}

function messageOf(completion: Json | undefined): JsonObject | undefined {
  const choices = isJsonObject(completion) ? completion['choices'] : undefined
  const [choice] = Array.isArray(choices) ? choices : []
  const message = isJsonObject(choice) ? choice['message'] : undefined
  return isJsonObject(message) ? message : undefined
}

function namesIn({ tool_calls: calls }: JsonObject): unknown[] {
  const made = Array.isArray(calls) ? calls.filter(isJsonObject) : []
  return made.map(({ function: called }) => (isJsonObject(called) ? called['name'] : undefined))
}

function isEmpty(message: JsonObject): boolean {
  return ['content', 'refusal', 'tool_calls', 'function_call'].every((member) => {
    const value = message[member] ?? ''
    return value === '' || (Array.isArray(value) && value.length === 0)
  })
}

function kindOf(names: readonly unknown[]): string {
  return names.length === 0
    ? 'words'
    : `a call of ${names
        .map((name) => (typeof name === 'string' ? name : '(no name)'))
        .toSorted()
        .join(' and ')}`
}

/** Without how the reply is to be delivered, and what a platform adds. */
function whatWasAsked({ messages, tools }: JsonObject): string {
  return JSON.stringify([messages, tools])
}

import { type Dialect, chat, responses } from '../../src/protocol/index.ts'
import { delta, event, says } from './exchanges.ts'
import { usage } from './measured.ts'

/** What streamed answers say, in the words of a dialect. */
interface Words {
  readonly dialect: Dialect
  /** Before anything is said. */
  readonly opening: string
  readonly tells: (text: string) => string
  /** A call of a tool, whole. */
  readonly calls: (name: string) => string
  /** A good end, with so many tokens, where they are told. */
  readonly ends: (tokens?: number, reasoning?: number) => string
  /** The end of an answer that failed. */
  readonly failure: string
}

const inChat: Words = {
  dialect: chat,
  opening: delta({ role: 'assistant', content: '' }),
  tells: says,
  calls: (name) =>
    delta({ tool_calls: [{ index: 0, id: 'c', function: { name, arguments: '{}' } }] }),
  ends(tokens, reasoning = 0) {
    const details = { completion_tokens_details: { reasoning_tokens: reasoning } }
    const told = tokens === undefined ? '' : usage(tokens, details)
    return `${delta({}, 'stop')}${told}${event('[DONE]')}`
  },
  failure: `${delta({}, 'error')}${event('[DONE]')}`,
}

const spot = { output_index: 0, item_id: 'm' }
const response = { id: 'r', object: 'response', output: [] }
const call = { id: 'f', type: 'function_call', call_id: 'c', arguments: '{}' }

const inResponses: Words = {
  dialect: responses,
  opening: `${event({ type: 'response.created', response: { ...response, status: 'in_progress' } })}${event(
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { id: 'm', type: 'message', role: 'assistant', content: [] },
    },
  )}`,
  tells: (text) =>
    event({ type: 'response.output_text.delta', ...spot, content_index: 0, delta: text }),
  calls: (name) =>
    ['added', 'done']
      .map((what) => ({ type: `response.output_item.${what}`, output_index: 1 }))
      .map((json) => event({ ...json, item: { ...call, name } }))
      .join(''),
  ends(tokens, reasoning = 0) {
    const details = { output_tokens_details: { reasoning_tokens: reasoning } }
    const told = tokens !== undefined && { usage: { output_tokens: tokens, ...details } }
    const whole = { ...response, status: 'completed', ...told }
    return event({ type: 'response.completed', response: whole })
  },
  failure: event({ type: 'response.failed', response: { ...response, status: 'failed' } }),
}

/** All dialects, with the words of each. */
export const words = [inChat, inResponses] as const

import { expect, test } from 'vitest'
import { Manners } from '../../../src/gateway/upstream/relay/manners.ts'
import type { ChatRequest } from '../../../src/protocol/index.ts'

const request = {
  model: 'm',
  messages: [{ role: 'user', content: 'Hi.' }],
  temperature: 0.2,
  max_tokens: 9_000,
  response_format: { type: 'json_object' },
} as ChatRequest

/** Which members are sent after a refusal: of the same request, and of the next one. */
function after(refusal: string) {
  const manners = new Manners()
  const leftOut = new Set<string>()
  const another = manners.learn(request, refusal, leftOut)
  const [again, next] = [leftOut, new Set<string>()].map((without) =>
    Object.keys(manners.apply(request, without)),
  )
  return { another, again, next }
}

const error = (message: string) => JSON.stringify({ error: { message } })
const OTHERS = ['model', 'messages', 'temperature']

test.each([
  "Unsupported value: 'response_format' is not supported with this model.",
  'Unrecognized request argument supplied: response_format',
  "body.response_format: Extra inputs are not permitted (got 'response_format')",
])('a member that a server never takes is left out from now on: %s', (message) => {
  const kept = [...OTHERS, 'max_tokens']
  expect(after(error(message))).toEqual({ another: true, again: kept, next: kept })
})

test.each([
  "Invalid schema for response_format 'x': schema must be an object.",
  "Invalid value for 'response_format'.",
])('a value that a server does not like is left out once: %s', (message) => {
  expect(after(error(message))).toEqual({
    another: true,
    again: [...OTHERS, 'max_tokens'],
    next: Object.keys(request),
  })
})

test('a limit of another name is kept', () => {
  const message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
  const kept = [...OTHERS, 'response_format', 'max_completion_tokens']
  expect(after(error(message))).toMatchObject({ again: kept, next: kept })
})

test('where nothing is named, messages are made plain, then all', () => {
  const manners = new Manners()
  const leftOut = new Set<string>()
  const learn = () => manners.learn(request, error('Bad request.'), leftOut)
  expect([learn(), learn(), learn()]).toEqual([true, true, false])
  expect(Object.keys(manners.apply(request, leftOut))).toEqual([...OTHERS, 'max_tokens'])
})

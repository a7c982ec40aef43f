import { expect, test } from 'vitest'
import { type BodyForm, FormsOfBody } from '../../../src/gateway/upstream/relay/forms-of-body.ts'
import type { JsonObject } from '../../../src/protocol/index.ts'

const refusal = (message: string) => JSON.stringify({ error: { message } })
const body: JsonObject = {
  instructions: 'Be brief.',
  input: [
    { role: 'assistant', content: 'Hello.' },
    { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
    { type: 'function_call_output', call_id: 'call_1', output: 'gone' },
  ],
  tools: [
    { type: 'function', name: 'look', strict: null },
    { type: 'function', name: 'end_call', strict: null },
  ],
  tool_choice: { type: 'function', name: 'look' },
  max_output_tokens: 9,
  reasoning: { effort: 'low' },
  text: { format: { type: 'json_object' } },
}

/** What a server is asked that refuses a body so: again, and next where that has helped. */
function after(message: string) {
  const forms = new FormsOfBody()
  const tried = new Set<BodyForm>()
  const usual = forms.apply(body, tried)
  const another = forms.learn(usual, refusal(message), tried)
  const again = forms.apply(body, tried)
  forms.keep(tried)
  return { another, usual, again, next: forms.apply(body, new Set()) }
}

test('what has a role is a message, from the first', () => {
  expect(new FormsOfBody().apply(body, new Set())['input']).toEqual([
    { type: 'message', role: 'assistant', content: 'Hello.' },
    ...(body['input'] as JsonObject[]).slice(1),
  ])
})

test.each([
  ["Unknown parameter: 'instructions'.", ['instructions', 'input']],
  ['input.content: expected a list of output_text parts', ['input']],
  ['No tool call found for function call output with call_id call_1.', ['input']],
  ['tools[0].strict: expected a boolean', ['tools']],
  ['expected one of "none", "auto" and "required", but got an object', ['tools', 'tool_choice']],
  ["Unsupported parameter: 'max_output_tokens'", ['max_output_tokens']],
  ["Unsupported parameter: 'reasoning.effort' is not supported with this model.", ['reasoning']],
  ["Invalid parameter: 'text.format' of type 'json_object' is not supported.", ['text']],
])('%s: that alone is put otherwise, and kept', (message, changed) => {
  const { another, usual, again, next } = after(message)
  const differs = Object.keys(body).filter(
    (key) => JSON.stringify(usual[key]) !== JSON.stringify(again[key]),
  )
  expect(another).toBe(true)
  expect(differs).toEqual(changed)
  expect(next).toEqual(again)
})

test.each([
  'Bad request.',
  "Invalid value: 'output_text'",
  "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16.",
])('%s: there is no other form', (message) => {
  const { another, usual, again } = after(message)
  expect(another).toBe(false)
  expect(again).toEqual(usual)
})

test('no form is tried twice, and none is kept that has not helped', () => {
  const forms = new FormsOfBody()
  const tried = new Set<BodyForm>()
  const why = refusal("Unknown parameter: 'instructions'.")
  const learn = () => forms.learn(forms.apply(body, tried), why, tried)
  expect([learn(), learn()]).toEqual([true, false])
  expect(forms.apply(body, new Set())).toHaveProperty('instructions')
})

test('a choice of one tool is a call that is required, of that tool alone', () => {
  const { again } = after('tool_choice: expected a string')
  expect(again).toMatchObject({ tools: [{ name: 'look' }], tool_choice: 'required' })
})

import * as fc from 'fast-check'

/** Words that cannot stand in each other. */
const word = () => fc.integer({ min: 1_000_000, max: 9_999_999 }).map((n) => `w${n}w`)
const blank = fc.constantFrom('', ' ', '\n')
const words = fc.oneof({ weight: 4, arbitrary: word() }, blank)
const content = fc.oneof(
  words,
  fc.array(
    words.map((text) => ({ type: 'text', text })),
    { maxLength: 3 },
  ),
  fc.constant(null),
)
const id = fc.constantFrom('a', 'b', 'c')
const call = fc.record({
  id,
  type: fc.constant('function'),
  function: fc.record({
    name: fc.constantFrom('look', 'find'),
    arguments: fc.oneof(
      word(),
      word().map((said) => JSON.stringify({ said })),
      blank,
    ),
  }),
})
const message = fc.oneof(
  fc.record({ role: fc.constantFrom('system', 'developer', 'user', 'assistant'), content }),
  fc.record({
    role: fc.constant('assistant'),
    content,
    tool_calls: fc.array(call, { maxLength: 3 }),
  }),
  fc.record({ role: fc.constant('tool'), tool_call_id: id, content }),
  fc.record({ role: fc.constant('function'), name: fc.constantFrom('look', 'find'), content }),
  fc.record({
    role: fc.constant('assistant'),
    function_call: fc.record({ name: fc.constantFrom('look', 'find'), arguments: words }),
  }),
)
/** Whatever somebody may say in the words of chat completions, in an order that makes no sense. */
export const conversations = fc.array(message, { minLength: 1, maxLength: 12 })

/** The words in such a conversation. */
export function wordsIn(conversation: readonly object[]): readonly string[] {
  return JSON.stringify(conversation).match(/w\d+w/g) ?? []
}

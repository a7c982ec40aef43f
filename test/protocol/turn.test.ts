import { expect, test } from 'vitest'
import { type ChatMessage, Turn } from '../../src/protocol/index.ts'

const turnOf = (...messages: ChatMessage[]) => new Turn({ model: 'any', messages })

test('an empty last word of the caller is a word, none is none', () => {
  expect(turnOf({ role: 'user', content: '' }).said).toBe('')
  expect(turnOf({ role: 'user', content: null }, { role: 'assistant', content: 'Hi.' }).said).toBe(
    '',
  )
  expect(turnOf({ role: 'user', content: 'Hi.' }, { role: 'user', content: [] }).said).toBe('')
  expect(turnOf({ role: 'system', content: 'Be brief.' }).said).toBeUndefined()
})

test('instructions are joined, whoever gives them', () => {
  const turn = turnOf(
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi.' },
    { role: 'developer', content: [{ type: 'text', text: 'Be kind.' }] },
  )
  expect(turn.system).toBe('Be brief.\nBe kind.')
})

test('results since the caller last spoke bear the names of their calls', () => {
  const call = (id: string, name: string) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: '{}' },
  })
  const turn = turnOf(
    { role: 'user', content: 'Weather?' },
    { role: 'assistant', content: null, tool_calls: [call('a', 'find'), call('b', 'measure')] },
    { role: 'tool', tool_call_id: 'b', content: '12' },
    { role: 'function', name: 'old', content: 'x' },
    { role: 'tool', tool_call_id: 'c', content: 'lost' },
  )
  expect(turn.toolResults).toEqual([
    { id: 'b', name: 'measure', content: '12' },
    { id: '', name: 'old', content: 'x' },
    { id: 'c', name: '', content: 'lost' },
  ])
  expect(turn.turn).toBe(1)
  expect(turnOf({ role: 'user', content: 'Hi.' }).toolResults).toEqual([])
})

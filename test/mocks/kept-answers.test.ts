import { expect, test } from 'vitest'
import { KeptAnswers } from '../../src/mocks/kept-answers.ts'

const MIB = 1024 * 1024

function answer(id: string, size = 1) {
  const kept = {
    id,
    itemIds: [`item of ${id}`, 'an item of all'],
    whole: () => ({ id }),
    item: () => undefined,
    messages: () => [],
    stream: () => ({ status: 200, headers: [], frames: [] }),
  }
  return { kept, body: '', size }
}

test('the oldest of many are forgotten, with their items', () => {
  const answers = new KeptAnswers()
  for (let i = 0; i < 10_001; i++) answers.add(`scope ${i % 2}`, answer(`${i}`))
  expect(answers.in('scope 0').find('0')).toBeUndefined()
  expect(answers.in('scope 0').findItem('item of 0')).toBeUndefined()
  expect(answers.in('scope 0').findItem('an item of all')?.kept.id).toBe('10000')
  expect(answers.in('scope 1').find('1')?.kept.id).toBe('1')
  expect(answers.in('scope 0').find('1')).toBeUndefined()
})

test('the oldest of large ones are forgotten, even the only one', () => {
  const answers = new KeptAnswers()
  for (const id of ['a', 'b', 'c']) answers.add('', answer(id, 30 * MIB))
  expect(['a', 'b', 'c'].map((id) => answers.in('').find(id)?.kept.id)).toEqual([
    undefined,
    'b',
    'c',
  ])
  answers.add('', answer('d', 65 * MIB))
  expect(['b', 'c', 'd'].map((id) => answers.in('').find(id))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  answers.add('', answer('e'))
  expect(answers.in('').find('e')).toBeDefined()
})

test('one that is kept again takes the place of the first', () => {
  const answers = new KeptAnswers()
  for (let i = 0; i < 5; i++) answers.add('', answer('a', 30 * MIB))
  answers.add('', answer('b', 30 * MIB))
  expect(answers.in('').find('a')).toBeDefined()
})

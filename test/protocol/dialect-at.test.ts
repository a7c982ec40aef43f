import { expect, test } from 'vitest'
import { chat, dialectAt } from '../../src/protocol/index.ts'

const short = { ...chat, id: 'short', path: '/talk' } as const
const long = { ...chat, id: 'long', path: '/small/talk' } as const

test.each([
  ['/v1/chat/completions', 'chat'],
  ['/chat/completions/', 'chat'],
  ['/v1/talk', 'short'],
  ['/v1/small/talk', 'long'],
  ['/v1/models', undefined],
])('at %s is spoken: %s', (path, id) => {
  expect(dialectAt(path, [short, long, chat])?.id).toBe(id)
})

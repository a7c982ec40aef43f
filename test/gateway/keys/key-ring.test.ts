import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyRing } from '../../../src/gateway/keys/key-ring.ts'

const sha256 = createHash('sha256').update('hashed').digest('hex')
const ring = keyRing([
  { name: 'eleven', key: 'sk-first', models: ['voice'], perMinute: 60 },
  { name: 'eleven', key: 'sk-next' },
  { name: 'hashed', sha256: sha256.toUpperCase(), tokensPerDay: 5 },
])

test('a key tells whose it is, and not itself', async () => {
  expect(await ring('sk-first')).toEqual({ name: 'eleven', models: ['voice'], perMinute: 60 })
  expect(await ring('hashed')).toEqual({ name: 'hashed', tokensPerDay: 5 })
})

test('a holder may have several, while one follows another', async () => {
  expect(await ring('sk-next')).toEqual({ name: 'eleven' })
})

test.each(['', ' ', 'sk first', 'sk-first\n'])('%j is a key that no request can bear', (key) => {
  const keys = [
    { name: 'good', key: 'sk-good' },
    { name: 'bad', key },
  ]
  expect(() => keyRing(keys)).toThrow(
    expect.objectContaining({
      code: 'INVALID_INPUT',
      message: 'the API key "bad" is empty, or holds blanks, so that no request can bear it',
    }),
  )
})

test.each(['', 'sk', 'sk-first ', 'SK-FIRST', 'sk-firstsk-next', sha256])(
  '"%s" is nobody’s',
  async (key) => {
    expect(await ring(key)).toBeUndefined()
  },
)

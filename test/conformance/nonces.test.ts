import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mentions, NONCES } from '../../src/conformance/evidence/nonces.ts'

const folder = new URL('../../fixtures/requests/', import.meta.url)
const fixtures = readdirSync(folder).map((file) => ({
  name: file.replace(/\.json$/, ''),
  text: JSON.stringify(JSON.parse(readFileSync(new URL(file, folder), 'utf8')).request),
}))

describe.each(Object.entries(NONCES))('the nonces of %s', (probe, nonces) => {
  test.each(nonces)('%s is in its request, and in no other', (nonce) => {
    const senders = fixtures.filter(({ text }) => mentions(text, nonce)).map(({ name }) => name)
    expect(senders).toEqual([probe])
  })
})

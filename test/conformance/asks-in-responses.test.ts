import { expect, test } from 'vitest'
import { check } from '../../src/conformance/index.ts'
import { responses } from '../../src/protocol/index.ts'
import { bodiesReceived } from '../support/bodies-received.ts'

test('no request of the Responses API but the one without input is a chat request', async () => {
  const { url, bodies } = await bodiesReceived()
  await check({ url, dialect: responses, model: 'mine', samples: 1 })
  const strays = bodies.filter(({ input, messages }) => input === undefined || messages)
  expect(strays).toEqual([expect.objectContaining({ max_tokens: 100 })])
  expect(new Set(bodies.map(({ model }) => model))).toEqual(
    new Set(['mine', 'soundcheck-no-such-model']),
  )
})

import { expect, test } from 'vitest'
import { passedInChat, passedOn, told } from '../../scripts/gateway-outcomes.ts'
import { mutantsBehindGateway } from '../../scripts/mutants-behind-gateway.ts'
import { chat, responses } from '../../src/protocol/index.ts'
import { testBrokenUpstreams } from '../support/broken-upstreams.ts'

testBrokenUpstreams(chat)

test('the page tells of mutants that there are, each once', () => {
  const listed = [told, passedOn, passedInChat].flatMap((each) => Object.values(each).flat())
  const known = new Set([chat, responses].flatMap(mutantsBehindGateway).map(({ title }) => title))
  expect(listed.filter((title) => !known.has(title))).toEqual([])
  expect(new Set(listed).size).toBe(listed.length)
})

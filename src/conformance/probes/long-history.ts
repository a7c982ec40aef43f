import type { JsonObject } from '../../protocol/index.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

const TURNS = 40
const BYTES = 150_000
const SMALL_TALK =
  'We talked for a while about the weather, the harvest, the roast, and how to grind for a filter. '

export default defineProbe({
  title: 'a long call, of which the beginning is asked for at its end',
  requests: 1,
  repeatable: true,
  async run(send) {
    const body = requestFixture('long-history')
    const messages = Array.isArray(body['messages']) ? body['messages'] : []
    await send({ body: { ...body, messages: messages.toSpliced(-1, 0, ...chatter()) } })
  },
})

function chatter(): JsonObject[] {
  const times = Math.ceil(BYTES / TURNS / SMALL_TALK.length)
  return Array.from({ length: TURNS }, (_, turn) => ({
    role: turn % 2 === 0 ? 'user' : 'assistant',
    content: SMALL_TALK.repeat(times),
  }))
}

import { isJsonObject } from '../../protocol/index.ts'
import { hasFailed } from '../evidence/has-failed.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

/** What follows an interruption each time is no chance. */
const MOST_ROUNDS = 3

const BROKEN_OFF = [
  { role: 'user', content: 'I would like a table.' },
  { role: 'assistant', content: 'For how many?' },
  { role: 'user', content: 'For two' },
]

export default defineProbe({
  title: 'a turn that the caller breaks into, the turn said anew, and then another call',
  requests: 3,
  alone: true,
  async run(send) {
    const body = requestFixture('barge-in')
    const messages = (Array.isArray(body['messages']) ? body['messages'] : []).filter(isJsonObject)
    const opening = messages.slice(0, 2)
    const brokenOff = { ...body, messages: [...opening, ...BROKEN_OFF] }
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const left = await send({ body: brokenOff, hangUp: 'on-content' })
      const next = await send({ body })
      if (left.exchange?.end.how !== 'aborted' || !hasFailed(next)) break
    }
    await send({
      body: {
        ...body,
        messages: [...opening, { role: 'user', content: 'What is the code word?' }],
        elevenlabs_extra_body: { conversation_label: 'soundcheck-other-call' },
      },
    })
  },
})

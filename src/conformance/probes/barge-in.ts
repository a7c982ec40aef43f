import { isJsonObject } from '../../protocol/index.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  id: 'barge-in',
  title: 'a turn that the caller breaks into, the turn after it, and then another call',
  requests: 3,
  alone: true,
  async run(send) {
    const body = requestFixture('barge-in')
    const messages = (Array.isArray(body['messages']) ? body['messages'] : []).filter(isJsonObject)
    const opening = messages.slice(0, 2)
    const unfinished = { role: 'user', content: 'I would like a table for two' }
    await send({ body: { ...body, messages: [...opening, unfinished] }, hangUp: 'on-content' })
    await send({ body })
    const question = { role: 'user', content: 'What is the code word?' }
    await send({
      body: {
        ...body,
        messages: [...opening, question],
        elevenlabs_extra_body: { conversation_label: 'soundcheck-other-caller' },
      },
    })
  },
})

import { isJsonObject, responses } from '../../protocol/index.ts'
import { inputString } from '../checks/request/input-string.ts'
import { wasTurnedDown } from '../evidence/was-turned-down.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'the farewell, without a stream',
  requests: 1,
  async run(send, { dialect }) {
    const body = requestFixture('non-stream')
    if (dialect !== responses.id) {
      await send({ body })
      return
    }
    const { messages, ...rest } = body
    const last = Array.isArray(messages) ? messages.at(-1) : undefined
    const input = isJsonObject(last) ? (last['content'] ?? '') : ''
    const asked = { ...responses.makeRequest({ ...rest, messages: messages ?? [] }), input }
    const answer = await send({ body: asked, inOwnWords: true })
    if (wasTurnedDown(answer)) await send({ body: inputString.removeFrom(asked), inOwnWords: true })
  },
})

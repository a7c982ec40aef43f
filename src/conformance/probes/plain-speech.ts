import { isJsonObject, responses } from '../../protocol/index.ts'
import { wasTurnedDown } from '../evidence/was-turned-down.ts'
import { inputString } from '../checks/request/input-string.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'a question that invites lists, links and symbols',
  requests: 1,
  repeatable: true,
  async run(send, { dialect }) {
    const body = requestFixture('plain-speech')
    if (dialect !== responses.id) {
      await send({ body })
      return
    }
    const { messages } = body
    const question = Array.isArray(messages) ? messages.at(-1) : undefined
    const input = isJsonObject(question) ? (question['content'] ?? '') : ''
    const asked = { ...responses.makeRequest(body), input }
    const answer = await send({ body: asked, inOwnWords: true, purpose: 'control' })
    if (wasTurnedDown(answer)) await send({ body: inputString.removeFrom(asked), inOwnWords: true })
  },
})

import { isCutShort } from '../evidence/is-cut-short.ts'
import { unlimitedTokens } from '../checks/request/max-tokens-unlimited.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'what other platforms add to a request',
  requests: 1,
  repeatable: true,
  async run(send) {
    const reply = await send({ body: requestFixture('superset') })
    // A limit of -1 is the cause only where the same request without it gets more.
    if (reply.request && unlimitedTokens.isIn(reply.request) && isCutShort(reply)) {
      await send({ body: unlimitedTokens.removeFrom(reply.request) })
    }
  },
})

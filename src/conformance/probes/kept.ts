import { responses } from '../../protocol/index.ts'
import { responseIdOf } from '../evidence/response-id-of.ts'
import { wasTurnedDown } from '../evidence/was-turned-down.ts'
import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title:
    'responses asked for again by their id: one to keep, which is then deleted, and one not to keep',
  dialect: responses.id,
  onDemand: true,
  requests: 6,
  async run(send) {
    const input = [{ role: 'user', content: 'Hello?' }]
    for (const store of [true, false]) {
      const body = { model: 'custom-model', store, input }
      const answer = await send({ body, inOwnWords: true, name: store ? 'kept' : 'not-kept' })
      const id = responseIdOf(answer)
      if (wasTurnedDown(answer) || id === undefined) continue
      await send({ method: 'GET', below: id, name: store ? 'get' : 'get-not-kept' })
      if (!store) continue
      await send({ method: 'DELETE', below: id, name: 'delete' })
      await send({ method: 'GET', below: id, name: 'get-deleted' })
    }
  },
})

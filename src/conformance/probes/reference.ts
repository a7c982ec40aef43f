import { responses } from '../../protocol/index.ts'
import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'a reference to what was never said',
  dialect: responses.id,
  onDemand: true,
  requests: 1,
  retried: true,
  async run(send) {
    const input = [
      { type: 'item_reference', id: 'msg_soundcheck_never_was' },
      { type: 'message', role: 'user', content: 'Hello?' },
    ]
    const body = { model: 'custom-model', input }
    await send({ body, inOwnWords: true, purpose: 'control' })
  },
})

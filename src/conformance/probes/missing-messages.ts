import { defineProbe } from './define-probe.ts'

export default defineProbe({
  id: 'missing-messages',
  title: 'a request without messages',
  requests: 1,
  async run(send) {
    await send({ body: { model: 'custom-model', stream: true } })
  },
})

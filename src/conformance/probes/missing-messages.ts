import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'a request without messages',
  requests: 1,
  async run(send) {
    await send({ body: { model: 'custom-model', stream: true } })
  },
})

import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'a body that is not JSON',
  requests: 1,
  retried: true,
  async run(send) {
    await send({ body: '{"model": "custom-model", "messages": [' })
  },
})

import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'a model that does not exist',
  requests: 1,
  retried: true,
  async run(send) {
    const messages = [{ role: 'user', content: 'Hello?' }]
    await send({ body: { messages }, model: 'soundcheck-no-such-model' })
  },
})

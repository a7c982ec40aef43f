import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'a model that does not exist',
  requests: 1,
  async run(send) {
    const messages = [{ role: 'user', content: 'Hello?' }]
    // As text, so that the model of the run does not replace it.
    await send({ body: JSON.stringify({ model: 'soundcheck-no-such-model', messages }) })
  },
})

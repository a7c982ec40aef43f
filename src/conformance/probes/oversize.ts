import { defineProbe } from './define-probe.ts'

const BYTES = 20_000_000

export default defineProbe({
  title: 'a body of 20 MB',
  requests: 1,
  async run(send) {
    const messages = [{ role: 'user', content: 'Hello?' }]
    const body = JSON.stringify({ model: 'custom-model', messages })
    // Blanks after a JSON text are part of it, and cost no tokens.
    await send({ body, paddedTo: BYTES })
  },
})

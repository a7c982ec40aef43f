import { defineProbe } from './define-probe.ts'

const BYTES = 20_000_000

export default defineProbe({
  title: 'a body of 20 MB',
  requests: 1,
  retried: true,
  async run(send) {
    const messages = [{ role: 'user', content: 'Hello?' }]
    // Blanks after a JSON text are part of it, and cost no tokens.
    await send({ body: { model: 'custom-model', messages }, paddedTo: BYTES })
  },
})

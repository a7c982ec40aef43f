import { skip } from '../check/gap.ts'
import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'a key that is not the right one',
  requests: 1,
  retried: true,
  async run(send, { hasKey }) {
    if (!hasKey) return skip('no API key was given')
    const messages = [{ role: 'user', content: 'Hello?' }]
    await send({ body: { model: 'custom-model', messages }, apiKey: 'soundcheck-wrong-key' })
    return undefined
  },
})

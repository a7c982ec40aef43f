import { responses } from '../../protocol/index.ts'
import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'a request without messages',
  requests: 1,
  retried: true,
  async run(send, { dialect }) {
    const body = { model: 'custom-model', stream: true }
    // What there comes without input is, as a rule, meant for the other API.
    const meant = { messages: [{ role: 'user', content: 'Hello?' }], max_tokens: 100 }
    await (dialect === responses.id
      ? send({ body: { ...body, ...meant }, inOwnWords: true })
      : send({ body }))
  },
})

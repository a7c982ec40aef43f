import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'the list of models',
  requests: 1,
  retried: true,
  async run(send) {
    await send({ method: 'GET', path: 'models' })
  },
})

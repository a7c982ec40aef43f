import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'GET where POST belongs',
  requests: 1,
  retried: true,
  async run(send) {
    await send({ method: 'GET' })
  },
})

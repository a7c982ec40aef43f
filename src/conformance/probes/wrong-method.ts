import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'GET where POST belongs',
  requests: 1,
  async run(send) {
    await send({ method: 'GET' })
  },
})

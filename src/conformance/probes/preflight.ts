import { defineProbe } from './define-probe.ts'

export default defineProbe({
  title: 'what a browser asks before it posts from another origin',
  requests: 1,
  retried: true,
  async run(send) {
    await send({
      method: 'OPTIONS',
      headers: [
        ['origin', 'https://playground.example'],
        ['access-control-request-method', 'POST'],
        ['access-control-request-headers', 'authorization, content-type'],
      ],
    })
  },
})

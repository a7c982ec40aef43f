import { request as ask } from 'node:http'
import { rawServer } from './raw-server.ts'

interface Tapped {
  readonly url: string
  /** Until the first request has come: who leaves sooner is never seen. */
  readonly asked: Promise<void>
  /** When somebody left before an answer was over. */
  readonly left: Promise<number>
}

/** A server before another one. */
export async function tapped(url: string): Promise<Tapped> {
  const { promise: asked, resolve: seen } = Promise.withResolvers<void>()
  const { promise: left, resolve } = Promise.withResolvers<number>()
  const { hostname, port } = new URL(url)
  const before = await rawServer((request, answer) => {
    seen()
    const { method, url: path, headers } = request
    const passedOn = ask({ hostname, port, method, path, headers }, (answered) => {
      answer.writeHead(answered.statusCode!, answered.headers)
      answered.pipe(answer)
    })
    passedOn.on('error', () => answer.destroy())
    answer.on('close', () => {
      if (answer.writableFinished) return
      resolve(performance.now())
      passedOn.destroy()
    })
    request.pipe(passedOn)
  })
  return { url: before, asked, left }
}

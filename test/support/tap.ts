import { request } from 'node:http'
import { rawServer } from './raw-server.ts'

/** A server before another one; tells when somebody leaves before an answer is over. */
export async function tapped(url: string): Promise<{ url: string; left: Promise<number> }> {
  const { promise: left, resolve } = Promise.withResolvers<number>()
  const { hostname, port } = new URL(url)
  const before = await rawServer((asked, answer) => {
    const { method, url: path, headers } = asked
    const passedOn = request({ hostname, port, method, path, headers }, (answered) => {
      answer.writeHead(answered.statusCode!, answered.headers)
      answered.pipe(answer)
    })
    passedOn.on('error', () => answer.destroy())
    answer.on('close', () => {
      if (answer.writableFinished) return
      resolve(performance.now())
      passedOn.destroy()
    })
    asked.pipe(passedOn)
  })
  return { url: before, left }
}

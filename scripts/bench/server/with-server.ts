import { Connection } from '../connection.ts'
import { type Usage, withProcess } from '../with-process.ts'
import { commands, type Pace } from './commands.ts'
import { requestTo } from './workload.ts'

/** Runs a server, as long as the work takes. */
export function withServer(
  name: string,
  pace: Pace,
  work: (port: number, usage: () => Usage) => Promise<void>,
): Promise<void> {
  return withProcess({ args: commands[name]!(pace) }, work)
}

/** How long a server takes from its start to the end of its first answer, in milliseconds. */
export async function startUpMs(name: string): Promise<number> {
  const start = performance.now()
  let took = NaN
  await withServer(name, 'at once', async (port) => {
    const connection = await Connection.open(port)
    await connection.ask(requestTo())
    took = performance.now() - start
    connection.close()
  })
  return took
}

// Runs one contender in a process of its own: tells its port, and what it uses whenever it is asked.
import { contenders } from './contenders.ts'

const [name = '', pace] = process.argv.slice(2)
const port = await contenders[name]!(pace === 'paced')
process.send!({ port })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send!({ rss: process.memoryUsage.rss() / 2 ** 20, cpuSeconds: (user + system) / 1e6 })
})
process.on('disconnect', () => process.exit())

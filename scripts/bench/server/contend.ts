// Runs a plain contender: tells where it listens.
import { contenders } from './contenders.ts'

const [name = '', pace] = process.argv.slice(2)
const port = await contenders[name]!(pace === 'paced')
process.stdout.write(`http://127.0.0.1:${port}\n`)

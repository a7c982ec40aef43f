// Runs a plain contender: tells where it listens.
import { contenders } from './contenders.ts'

const [name = '', pace] = process.argv.slice(2)
const url = await contenders[name]!(pace === 'paced')
process.stdout.write(`${url}\n`)

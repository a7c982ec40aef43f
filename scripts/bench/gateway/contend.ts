// Runs a plain contender: tells where it listens.
import { contenders } from './contenders.ts'

const [name = '', upstream = ''] = process.argv.slice(2)
const url = await contenders[name]!(upstream)
process.stdout.write(`${url}\n`)

// Runs a plain contender: tells where it listens.
import { contenders } from './contenders.ts'

const [name = '', upstream = ''] = process.argv.slice(2)
const port = await contenders[name]!(upstream)
process.stdout.write(`http://127.0.0.1:${port}\n`)

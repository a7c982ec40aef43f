import { type AnyReply, type Handler, headerValue, Recent } from '../../wire/index.ts'
import { errorReply } from '../../protocol/index.ts'
import { type JournaledCall, maskOf } from '../../journal/index.ts'
import type { FaultMemory } from './fault-memory.ts'
import type { FindFault } from './find-fault.ts'
import { readFault } from './read-fault.ts'
import { sometimes } from './sometimes.ts'

/** Asks for a fault: `x-soundcheck-fault: sse/done-missing`. */
const FAULT_HEADER = 'x-soundcheck-fault'
/** Faults, each with its rate, that keep what they remember from one request to the next. */
const MAX_REMEMBERED = 1_000

interface FaultOptions {
  readonly findFault: FindFault
  readonly memory: FaultMemory
  readonly seed: number
}

/** Lets each request choose the fault that breaks its answer. */
export function faultByHeader<C extends JournaledCall>(
  handler: Handler<C, AnyReply>,
  { findFault, memory, seed }: FaultOptions,
): Handler<C, AnyReply> {
  const broken = new Recent<string, Handler<C>>(MAX_REMEMBERED)
  return async (request, call) => {
    const wanted = headerValue(request.headers, FAULT_HEADER)
    if (wanted === undefined) return handler(request, call)
    let chosen = broken.get(wanted)
    try {
      const { name, rate } = readFault(wanted)
      chosen ??= memory.inject(sometimes(findFault(name), rate, seed), handler)
    } catch (error) {
      const why = maskOf(request).text((error as Error).message)
      const message = `The header ${FAULT_HEADER} cannot be obeyed: ${why}`
      return errorReply({ status: 400, message })
    }
    broken.set(wanted, chosen)
    return chosen(request, call)
  }
}

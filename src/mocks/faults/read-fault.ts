import type { FaultSpec } from '../scenario/scenario.ts'

/** Reads a fault as it is written on a command line or in a header: `sse/done-missing:0.1`. */
export function readFault(text: string): Required<FaultSpec> {
  const [, name = text, rate = '1'] = /^(.*):([\d.]+)$/.exec(text) ?? []
  return { name, rate: Number(rate) }
}

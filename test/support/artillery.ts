import { EventEmitter } from 'node:events'
import type { ArtilleryContext, ArtilleryScript } from '../../src/artillery/artillery.ts'
import SoundcheckEngine from '../../src/artillery/index.ts'

export interface VirtualUserResult {
  readonly error: Error | null
  /** Everything that was emitted, in order. */
  readonly emitted: readonly (readonly [event: string, ...values: unknown[]])[]
  /** Values by the name of their histogram. */
  readonly histograms: Readonly<Record<string, readonly number[]>>
  /** Sums by the name of their counter. */
  readonly counters: Readonly<Record<string, number>>
}

/** Loads the engine for a script, as Artillery does; gives what runs one virtual user of a flow. */
export function artillery(
  config: ArtilleryScript['config'],
  vars: Readonly<Record<string, unknown>> = {},
): (flow: readonly unknown[]) => Promise<VirtualUserResult> {
  const engine = new SoundcheckEngine({ config }, new EventEmitter(), { template })
  return async (flow) => {
    const events = new EventEmitter()
    const emitted: [string, ...unknown[]][] = []
    const histograms: Record<string, number[]> = {}
    const counters: Record<string, number> = {}
    events.on('started', () => emitted.push(['started']))
    events.on('error', (code: string) => emitted.push(['error', code]))
    events.on('histogram', (name: string, value: number) => {
      emitted.push(['histogram', name, value])
      ;(histograms[name] ??= []).push(value)
    })
    events.on('counter', (name: string, value: number) => {
      emitted.push(['counter', name, value])
      counters[name] = (counters[name] ?? 0) + value
    })
    const error = await new Promise<Error | null>((resolve) => {
      engine.createScenario({ flow }, events)({ vars }, resolve)
    })
    return { error, emitted, histograms, counters }
  }
}

/** A text that is nothing but a variable becomes its value, whatever it is. */
function template(value: unknown, context: ArtilleryContext): unknown {
  if (typeof value === 'string') {
    const [, only] = /^\{\{ (\w+) \}\}$/.exec(value) ?? []
    if (only !== undefined) return context.vars[only]
    return value.replaceAll(/\{\{ (\w+) \}\}/g, (_, name: string) => String(context.vars[name]))
  }
  if (Array.isArray(value)) return value.map((each) => template(each, context))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, template(each, context)]),
  )
}

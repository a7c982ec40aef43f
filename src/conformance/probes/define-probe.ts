import type { EndpointRequest } from '../../endpoint/index.ts'
import type { JsonObject } from '../../protocol/index.ts'
import type { Gap } from '../check/gap.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Expectation } from '../evidence/expectation.ts'
import type { ProbeId } from '../probe-ids.ts'

/** One HTTP request a probe may send; what is left out is as a platform would send it. */
export interface ProbeRequest extends EndpointRequest {
  /** Text is sent as it is; an object with what the run adds to it. */
  readonly body?: JsonObject | string
  /** Blanks follow the JSON text, up to so many bytes. */
  readonly paddedTo?: number
  /** Hangs up as soon as the reply says something. */
  readonly hangUp?: 'on-content'
  /** Was recorded, and is sent without what a platform would add. */
  readonly verbatim?: true
  /** Is no turn, but finds out what of one is refused. */
  readonly purpose?: 'control'
  /** Names the exchange, beside its probe. */
  readonly name?: string
  /** What the answer should be. */
  readonly expect?: Expectation
}

/** Sends a request of a probe and records what comes back. */
export type Send = (request: ProbeRequest) => Promise<Evidence>

/** Something a platform does to an endpoint: one request, or several that belong together. */
export interface Probe {
  readonly id: ProbeId
  /** What it asks for, in a few words. */
  readonly title: string
  /** How many requests it sends, if all goes well. */
  readonly requests: number
  /** Nothing else is sent meanwhile: for the sake of its times, or of the state it leaves behind. */
  readonly alone?: true
  /** Whether it is part of a quick run. */
  readonly quick?: true
  /** Is sent only for the sake of checks that name it. */
  readonly onDemand?: true
  /** The only dialect in which it is sent, by its id; every one, when absent. */
  readonly dialect?: string
  /** Its requests may be sent again: to see what a model does mostly, or what is refused. */
  readonly repeatable?: true
  /** Is no turn, and sent once more where the server or the connection fails, which may be chance. */
  readonly retried?: true
  /** Sends them; gives the reason where there is nothing to send. */
  readonly run: (send: Send, run: ProbeRun) => Promise<Gap | void>
}

/** What a probe may know of its run. */
export interface ProbeRun {
  readonly hasKey: boolean
  /** The id of the dialect in which is asked. */
  readonly dialect: string
}

/** A probe without its id, which is the name of its file. */
export type ProbeDefinition = Omit<Probe, 'id'>

export function defineProbe(probe: ProbeDefinition): ProbeDefinition {
  return probe
}

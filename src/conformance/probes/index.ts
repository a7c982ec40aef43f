import { PROBE_IDS, type ProbeId } from '../probe-ids.ts'
import type { Probe, ProbeDefinition } from './define-probe.ts'
import * as members from './members.ts'

const definitions: Readonly<Record<Exclude<ProbeId, 'replay'>, ProbeDefinition>> = members

/** All probes that every run can have; the first one decides whether the others follow. */
export const probes: readonly Probe[] = PROBE_IDS.flatMap((id) =>
  id === 'replay' ? [] : { id, ...definitions[id] },
)

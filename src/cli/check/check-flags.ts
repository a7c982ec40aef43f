import { type CheckOptions, type ProfileId, SoundcheckError } from '../../conformance/index.ts'
import type { ApiType, JsonObject } from '../../protocol/index.ts'
import type { ReporterName } from '../../report/index.ts'
import type { Header } from '../../wire/index.ts'
import { readBaseline } from '../files/baseline-file.ts'
import { readReplay } from '../files/read-replay.ts'
import { readSystemPrompt } from '../files/read-system-prompt.ts'
import { proxyOf } from '../options/options.ts'
import type { OutputFlags } from '../options/reporter-option.ts'

export interface CheckFlags extends Omit<OutputFlags<ReporterName>, 'out'> {
  readonly profile: ProfileId
  readonly since?: string
  readonly model?: string
  readonly apiType?: ApiType
  readonly apiKey?: string
  readonly header?: Header[]
  readonly extraBody?: JsonObject
  readonly system?: string
  readonly only?: string[]
  readonly skip?: string[]
  readonly failOn: 'error' | 'warning'
  readonly timeout: number
  readonly proxy?: string | false
  readonly concurrency: number
  readonly quick?: true
  readonly samples: number
  readonly budget?: string[]
  readonly baseline?: string
  readonly updateBaseline?: true
  readonly replay?: string
  readonly save?: string
}

/** The options of a check, those that are files read. */
export async function readCheckOptions(flags: CheckFlags): Promise<Omit<CheckOptions, 'url'>> {
  const { header, timeout, proxy, budget, baseline, replay, system, ...rest } = flags
  const { reporter: _, json: __, save: ___, ...options } = rest
  const { updateBaseline = false } = flags
  if (updateBaseline && baseline === undefined) {
    throw new SoundcheckError('INVALID_INPUT', 'name the file to update with --baseline <file>')
  }
  return {
    ...options,
    timeoutMs: timeout,
    proxy: proxyOf(proxy),
    ...(header && { headers: header }),
    ...(system !== undefined && { system: await readSystemPrompt(system) }),
    ...(budget && { budgets: budget }),
    ...(replay !== undefined && { replay: await readReplay(replay) }),
    ...(baseline !== undefined && { baseline: await readBaseline(baseline, updateBaseline) }),
  }
}

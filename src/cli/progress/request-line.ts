import type { Answered } from '../../server/index.ts'
import { clip, type Ending, escapeText } from '../../wire/index.ts'

const MAX_URL = 200
const MAX_LINE = 1_000

const ENDINGS: Partial<Record<Ending, string>> = {
  'client-left': 'the client left',
  'hang-up': 'broken off',
}

/** Says in a line what was asked, and how it was answered: by which scenario, or which came nearest. */
export function requestLine({ method, url, status, ms, ending, entry }: Answered): string {
  const line = [
    method,
    clip(url, MAX_URL),
    status ?? '-',
    `${Math.round(ms)} ms`,
    ...[whyOf(entry), ENDINGS[ending]].filter((each) => each !== undefined),
  ]
  return escapeText(clip(line.join('  '), MAX_LINE))
}

function whyOf(entry: Answered['entry']): string | undefined {
  if (!entry?.why) return undefined
  const { scenario, misses } = entry.why
  if (scenario !== null) return `"${scenario}"`
  const [nearest] = misses
  if (!nearest) return undefined
  const failed = entry.withoutSecrets(nearest.failed.join('; '))
  return `no scenario; nearest "${nearest.scenario}": ${failed}`
}

import { readdirSync } from 'node:fs'
import { checks, profiles } from '../src/conformance/index.ts'
import { probes } from '../src/conformance/probes/index.ts'
import { plural } from '../src/report/text/plural.ts'

const LEGAL = new URL('../fixtures/exchanges/legal/', import.meta.url)

const common = checks.filter(({ optIn }) => optIn === undefined)

/** The groups of the checks that judge every run. */
export const groups = [...new Set(common.map(({ id }) => id.slice(0, id.indexOf('/'))))]

const requestsOf = (some: typeof probes) => some.reduce((sum, { requests }) => sum + requests, 0)

/** What pages say that the code knows better. */
const FACTS: Readonly<Record<string, string>> = {
  checks: `${common.length} checks in ${groups.length} groups`,
  requests: `${requestsOf(probes)} requests`,
  quick: String(requestsOf(probes.filter(({ quick }) => quick))),
  oddities: `${readdirSync(LEGAL).length} such oddities`,
  profiles: `\n\n${profileTable()}\n\n`,
}

/**
 * Fills a page in: whatever stands between `<!-- checks -->` and the next `<!-- / -->`, and likewise for
 * each other fact.
 */
export function filledIn(page: string): string {
  return page.replaceAll(/<!-- (\w+) -->[^]*?<!-- \/ -->/g, (_, name: string) => {
    const fact = FACTS[name]
    if (fact === undefined) throw new Error(`there is no fact "${name}" in scripts/facts.ts`)
    return `<!-- ${name} -->${fact}<!-- / -->`
  })
}

function profileTable(): string {
  const head = [
    '`--profile`',
    'platform',
    'its URL',
    '`--extra-body` goes',
    'own check',
    'leaves out',
  ]
  const rows = profiles.map(({ id, platform, source, url, extraBodyIn, includes, skips }) => [
    `\`${id}\``,
    `[${platform}](${source})`,
    url === 'base' ? '`/chat/completions` is appended' : 'is used as it is',
    extraBodyIn === undefined ? 'at the top' : `into \`${extraBodyIn}\``,
    includes?.map((check) => `\`${check}\``).join(', ') ?? '',
    plural(Object.keys(skips).length, 'check'),
  ])
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

import { readdirSync } from 'node:fs'
import { checksFor, profiles } from '../src/conformance/index.ts'
import { probes } from '../src/conformance/probes/index.ts'
import { asksIn } from '../src/conformance/profiles/profile-in.ts'
import { API_TYPES, chat, type Dialect, dialectOfType, responses } from '../src/protocol/index.ts'
import { GatewayMetrics } from '../src/gateway/account/metrics.ts'
import { plural } from '../src/report/text/plural.ts'
import { passedInChat, passedOn, told } from './gateway-outcomes.ts'
import { gatewayFaults, gatewayLogFields } from './gateway-words.ts'
import { mutantsBehindGateway } from './mutants-behind-gateway.ts'

const LEGAL = new URL('../fixtures/exchanges/legal/', import.meta.url)

/** The groups of the checks that judge every run in a dialect. */
export function groupsIn(dialect: Dialect): Set<string> {
  return new Set(commonIn(dialect).map(({ id }) => id.slice(0, id.indexOf('/'))))
}

function commonIn(dialect: Dialect) {
  return checksFor(dialect).filter(({ optIn }) => optIn === undefined)
}

function requestsIn({ id }: Dialect, quick = false): string {
  return String(
    probes
      .filter((probe) => (probe.dialect ?? id) === id && !probe.onDemand && (!quick || probe.quick))
      .reduce((sum, { requests }) => sum + requests, 0),
  )
}

function checksIn(dialect: Dialect): string {
  return `${commonIn(dialect).length} checks in ${groupsIn(dialect).size} groups`
}

/** What pages say that the code knows better. */
const FACTS: Readonly<Record<string, string>> = {
  checks: checksIn(chat),
  responsesChecks: checksIn(responses),
  requests: `${requestsIn(chat)} requests`,
  responsesRequests: `${requestsIn(responses)} requests`,
  quick: requestsIn(chat, true),
  oddities: `${readdirSync(LEGAL).length} such oddities`,
  profiles: `\n\n${profileTable()}\n\n`,
  gatewayMetrics: `\n\n${gatewayMetricTable()}\n\n`,
  gatewayLog: `\n\n${table(['field', ''], codeFirst(gatewayLogFields))}\n\n`,
  gatewayRepaired: repairedIn(chat),
  gatewayResponsesRepaired: repairedIn(responses),
  gatewayOutcomes: `\n\n${gatewayOutcomeTable()}\n\n`,
  gatewayFaults: `\n\n${table(['fault', ''], codeFirst(gatewayFaults))}\n\n`,
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
    '`--api-type`',
    'its URL',
    '`--extra-body` goes',
    'own check',
    'leaves out',
  ]
  const rows = profiles.map((profile) => {
    const { id, platform, source, url, extraBodyIn, includes, skips } = profile
    const apiTypes = API_TYPES.filter((type) => asksIn(profile, dialectOfType(type)))
    return [
      `\`${id}\``,
      `[${platform}](${source})`,
      apiTypes.map((type) => `\`${type}\``).join(', '),
      url === 'base' ? 'its path is appended' : 'is used as it is',
      extraBodyIn === undefined ? 'at the top' : `into \`${extraBodyIn}\``,
      includes?.map((check) => `\`${check}\``).join(', ') ?? '',
      plural(Object.keys(skips).length, 'check'),
    ]
  })
  return table(head, rows)
}

function gatewayMetricTable(): string {
  const rows = new GatewayMetrics().registry.getMetricsAsArray().map((metric) => {
    const { name, type, help, labelNames } = metric as typeof metric & { labelNames: string[] }
    const labels = labelNames.map((label) => `\`${label}\``).join(', ')
    return [`\`${name}\``, type, labels, help]
  })
  return table(['metric', 'type', 'labels', ''], rows)
}

function repairedIn(dialect: Dialect): string {
  const all = mutantsBehindGateway(dialect)
  return `${all.filter(({ becomes }) => becomes === 'repaired').length} of ${all.length}`
}

function gatewayOutcomeTable(): string {
  const passed = { ...passedOn, ...passedInChat }
  const rows = Object.entries({ told, 'passed on': passed }).flatMap(([becomes, byReason]) =>
    Object.entries(byReason).map(([why, mutants]) => [
      becomes,
      why,
      mutants.map((each) => `\`${each}\``).join(', '),
    ]),
  )
  return table(['', 'why', 'what'], rows)
}

function codeFirst(meanings: Readonly<Record<string, string>>): string[][] {
  return Object.entries(meanings).map(([name, meaning]) => [`\`${name}\``, meaning])
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

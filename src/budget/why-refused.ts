import { BUDGET_SETS, RENAMED_SETS } from './budget-sets.ts'
import { WORDS } from './metric-named.ts'
import { type Command, type Metric, type MetricName, metrics, metricsOf } from './metrics.ts'
import { nearWords } from './near-words.ts'
import type { Expression } from './read-expression.ts'
import { REQUEST_SHARES } from './request-shares.ts'

const SETS = Object.keys(BUDGET_SETS)
const STATISTICS = {
  check: 'p(1) to p(100), med or max',
  bench: 'p(1) to p(100), avg, min, med or max',
} as const

/** What budgets of a command look like. */
export function howToWrite(command: Command): string {
  return command === 'check'
    ? 'write it as in "first_content p(95)<1000" or "total{probe:farewell} max<=3000"'
    : `write it as in 'ttft p(95)<800' or 'errors<0.01', or name a set: ${SETS.join(', ')}`
}

/** Why a text is not even written like a budget. */
export function whyUnreadable(text: string, command: Command): string {
  const word = text.trim()
  const renamed = Object.hasOwn(RENAMED_SETS, word) ? RENAMED_SETS[word] : undefined
  if (command === 'check') {
    const isSet = renamed !== undefined || SETS.includes(word)
    return `${isSet ? 'only bench has sets of budgets; ' : ''}${howToWrite(command)}`
  }
  if (renamed !== undefined) return `the set is called ${renamed} now`
  return didYouMean(nearWords(word, SETS)) ?? howToWrite(command)
}

/** What a word that is no metric may have meant, or what there is. */
export function whyNoMetric(word: string, command: Command): string {
  const known = command === 'bench' ? [...WORDS.values(), REQUEST_SHARES] : [...WORDS.values()]
  const meant = didYouMean(nearWords(word, known.flat()))
  return `there is no metric "${word}"; ${meant ?? `there are ${wordsOf(command)}`}`
}

/** Who measures a metric, and what to write where it is not measured. */
export function whyElsewhere(
  name: MetricName,
  { expression, name: word }: Expression,
  command: Command,
): string {
  const { definition, measuredBy, nearest }: Metric = metrics[name]
  const other = `only ${measuredBy.join()} measures ${word}, ${definition}`
  if (nearest === undefined) return `${other}; ${command} has ${wordsOf(command)}`
  const meaning = metrics[nearest as MetricName].definition
  const instead = expression.replace(word, nearest)
  return `${other}; ${command} has ${nearest}, ${meaning}: write "${instead}"`
}

/** What is wrong with a statistic, or the lack of one. */
export function whyNoStatistic(statistic: string | undefined, command: Command): string {
  if (statistic === undefined)
    return `it needs a statistic, ${STATISTICS[command]}: ${howToWrite(command)}`
  const isOfBench = command === 'check' && (statistic === 'avg' || statistic === 'min')
  const [, number] = /^p(\d+(?:\.\d+)?)$/.exec(statistic) ?? []
  const hint =
    number !== undefined
      ? `; did you mean p(${number})?`
      : isOfBench
        ? `, all that check judges; bench judges ${statistic}, too`
        : ''
  return `"${statistic}" is not ${STATISTICS[command]}${hint}`
}

/** The metrics of a command, with their aliases. */
function wordsOf(command: Command): string {
  return metricsOf(command)
    .map((name) => {
      const [, ...aliases] = WORDS.get(name) ?? []
      return aliases.length > 0 ? `${name} (${aliases.join(', ')})` : name
    })
    .join(', ')
}

function didYouMean(words: readonly string[]): string | undefined {
  return words.length > 0 ? `did you mean ${words.join(' or ')}?` : undefined
}

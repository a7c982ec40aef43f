import type { Capacity, LoadStep, SearchEffort } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { labelled } from './labelled.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { showNumber } from '../text/show-quantity.ts'
import { wrapped } from './wrapped.ts'
import { plural } from '../text/plural.ts'
import { whyNotHeld } from '../measurements/why-not-held.ts'

const OUTCOMES: Record<LoadStep['outcome'], string> = {
  holds: 'holds',
  breaks: 'does not hold',
  'too-few': 'too few requests to tell',
  unknown: 'cannot tell',
}

/** How long a search takes at most. */
export function capacityHeadText(
  { rates, rateMs, timeoutMs }: SearchEffort,
  style: TerminalStyle,
): string {
  const inSeconds = (ms: number) => `${Math.ceil(ms / 1_000)} s`
  const minutes = Math.ceil((rates * rateMs) / 60_000)
  const text =
    `This tries at most ${plural(rates, 'rate')} for about ${inSeconds(rateMs)} each, ` +
    `${plural(minutes, 'minute')} in all; answers that are late may add ${inSeconds(timeoutMs)} to each. ` +
    'It ends sooner where the budgets break sooner.'
  return `${wrapped(text, 0, style).join('\n')}\n`
}

/** One rate that was tried. */
export function capacityStepText(
  { ratePerSecond, outcome, report }: LoadStep,
  style: TerminalStyle,
): string {
  const rate = `${showNumber(ratePerSecond).padStart(9)} requests/s`
  const text = [OUTCOMES[outcome], ...whyNotHeld(report)].join('; ')
  return `${labelled(rate, escapeText(text), 2, style)}\n`
}

/** The highest rate at which the budgets held. */
export function capacityText(
  { ratePerSecond, isComplete, steps }: Capacity,
  style: TerminalStyle,
): string {
  const { bold } = colorsOf(style)
  const rate = `${showNumber(ratePerSecond)} requests/s`
  const told = (text: string) => ['', ...wrapped(text, 0, style), ''].join('\n')
  if (ratePerSecond !== null) {
    return told(
      isComplete
        ? `${bold('CAPACITY')}  ${rate}, within 5 %`
        : `${bold('AT LEAST')}  ${rate}; the search ended before it found where the budgets break`,
    )
  }
  return isComplete
    ? told(`${bold('NO CAPACITY')}  the budgets did not hold at the lowest rate`)
    : unknownText(steps, style)
}

function unknownText(steps: readonly LoadStep[], style: TerminalStyle): string {
  const { bold } = colorsOf(style)
  const broken = steps.filter(({ outcome }) => outcome === 'breaks')
  const undecided = steps.findLast(({ outcome }) => outcome !== 'breaks')
  const lowest = Math.min(...broken.map((step) => step.ratePerSecond ?? Infinity))
  const below = broken.length > 0 ? `, but below ${showNumber(lowest)} requests/s` : ''
  const advice =
    undecided?.outcome === 'too-few'
      ? [`give each rate more requests, by a longer --duration${orHigherRate(broken)}`]
      : []
  return [
    '',
    ...wrapped(`${bold('UNKNOWN')}  no rate was found at which the budgets hold${below}`, 0, style),
    ...(undecided ? whyNotHeld(undecided.report) : []).map((why) =>
      labelled('because', escapeText(why), 2, style),
    ),
    ...advice.map((text) => labelled('try', text, 2, style)),
    '',
  ].join('\n')
}

function orHigherRate(broken: readonly LoadStep[]): string {
  return broken.length > 0 ? '' : ', or start from a higher --rate'
}

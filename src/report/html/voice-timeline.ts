import type { BenchReport } from '../../bench/index.ts'
import { showNumber, showQuantity } from '../text/show-quantity.ts'
import { totalMs, type VoiceSpan, voiceSpans } from '../measurements/voice-spans.ts'
import { plural } from '../text/plural.ts'
import { type Markup, markup } from './markup.ts'
import { roundSteps } from './round-steps.ts'

const STEPS = 1000
const CLASSES = { wait: 'waiting', voice: 'voice', silence: 'silence' } as const

/** The answer with the most dead air: when its text came, and what the caller heard. */
export function voiceTimeline(example: NonNullable<BenchReport['deadAirExample']>): Markup {
  const spans = voiceSpans(example)
  const last = spans.at(-1)
  if (!last) return markup``
  const endMs = Math.max(1, last.atMs + last.durationMs)
  const step = (ms: number) => Math.round((ms / endMs) * STEPS)
  const ticks = [...new Set(example.textMs.map(step))].map((x) => `M${x} 64v16`).join('')
  const marks = roundSteps(endMs)
  const told = legend(example, spans)
  return markup`<figure class="plot">
<figcaption>Time runs from the request to the last sound, ${showQuantity(endMs, 'ms')}.</figcaption>
<svg height="80" role="img" aria-label="${told.map(([, text]) => text).join(', ')}">
<svg viewBox="0 0 ${STEPS} 80" preserveAspectRatio="none" width="100%" height="100%" overflow="visible"><path class="grid" d="${marks.map((ms) => `M${step(ms)} 0v80`).join('')}"/>
${spans.map(({ kind, atMs, durationMs }) => markup`<path class="${CLASSES[kind]}" d="${shape(kind, step(atMs), step(atMs + durationMs))}"/>`)}<path class="ticks" d="${ticks}"/></svg>
<text x="0" y="30" dx="-8" dy="4" text-anchor="end">voice</text>
<text x="0" y="72" dx="-8" dy="4" text-anchor="end">text</text>
${marks.map((ms) => markup`<text x="${(ms / endMs) * 100}%" y="100%" dy="18" text-anchor="middle">${showNumber(ms)}</text>`)}
</svg>
</figure>
<ul class="keys">${told.map(([className, text]) => markup`<li><svg class="key" viewBox="-9 -9 18 18" aria-hidden="true"><path class="${className}" d="${KEYS[className]}"/></svg>${text}</li>`)}</ul>`
}

const KEYS = {
  waiting: 'M-9 0h18',
  voice: 'M-9 -7h18v14h-18z',
  silence: 'M-8 -3h16v6h-16z',
  ticks: 'M-6 -7v14M0 -7v14M6 -7v14',
} as const

/** A voice is a full bar, a silence a hollow one, so that they differ not in colour alone. */
function shape(kind: VoiceSpan['kind'], from: number, to: number): string {
  const width = Math.max(1, to - from)
  switch (kind) {
    case 'wait':
      return `M${from} 30h${width}`
    case 'voice':
      return `M${from} 10h${width}v40h-${width}z`
    case 'silence':
      return `M${from} 24h${width}v12h-${width}z`
  }
}

function legend(
  { silences, textMs }: NonNullable<BenchReport['deadAirExample']>,
  spans: readonly VoiceSpan[],
): readonly (readonly [keyof typeof KEYS, string])[] {
  const told = (kind: VoiceSpan['kind']) => showQuantity(totalMs(spans, kind), 'ms')
  return [
    ['waiting', `${told('wait')} to the first sound`],
    ['voice', `${told('voice')} of voice`],
    ['silence', `${told('silence')} of dead air in ${plural(silences.length, 'silence')}`],
    ['ticks', `text arrives, ${plural(textMs.length, 'time')}`],
  ]
}

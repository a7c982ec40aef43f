import { choiceOf, type Offer, offersOf, type Turn } from '../../protocol/index.ts'
import { heard } from './heard.ts'
import { askedBy, fitOf } from './intents.ts'

/** Tools to call, and how many calls there may be. */
export interface Chosen {
  readonly offers: readonly Offer[]
  readonly atMost: number
}

/** Decides which tools to call: those the caller asks for, within `tool_choice` and what is offered. */
export function chooseTools(turn: Turn): Chosen {
  const { request, last } = turn
  const { choice, allowed } = choiceOf(request)
  const offers = offersOf(request).filter(({ name }) => allowed?.includes(name) ?? true)
  if (offers.length === 0 || choice === 'none') return { offers: [], atMost: 0 }
  if (typeof choice === 'object') {
    const { kind, name } = choice
    return {
      offers: offers.filter((each) => each.kind === kind && each.name === name),
      atMost: Infinity,
    }
  }
  const wanted = last.role === 'user' ? bestOf(offers, heard(turn) ?? '') : []
  if (wanted.length === 0)
    return { offers: offers.slice(0, 1), atMost: choice === 'required' ? 1 : 0 }
  return { offers: wanted, atMost: request.parallel_tool_calls === false ? 1 : Infinity }
}

/** The tools that fit the caller's words; of those about one thing, the one that fits best. */
function bestOf(offers: readonly Offer[], said: string): Offer[] {
  const asked = askedBy(said)
  const fitting = offers
    .flatMap((offer) => {
      const fit = fitOf(offer, asked)
      return fit ? [{ offer, ...fit }] : []
    })
    .toSorted((a, b) => b.score - a.score)
  const taken = new Set<string>()
  const best = new Set<Offer>()
  for (const { offer, subjects, named } of fitting) {
    if (subjects.some((subject) => taken.has(subject))) continue
    for (const word of named) taken.add(word)
    best.add(offer)
  }
  return offers.filter((offer) => best.has(offer))
}

import { placesNamed, whereabouts } from '../words/places-named.ts'
import type { SynthesisState } from './synthesis-state.ts'

/** As words, also in camel case: a capacity is no city. */
const PLACE =
  /(?<![a-z])(?:location|city|(?:home)?town|country|destination|origin(?!al))|Location|City|Town|Country|Destination|Origin(?!al)/
const NO_PLACE = /date|time|day/i
const START = /[Oo]rigin(?!al)|[Dd]eparture|[Ss]ource|[Ss]tart|[Pp]ick_?[Uu]p|^from(?![a-z])/
const END = /[Dd]estination|[Aa]rrival|[Tt]arget|[Dd]rop_?[Oo]ff|^(?:end|to)(?![a-z])/
const MORE_REGIONS = ['Scotland', 'England', 'Wales', 'Northern Ireland', 'United States']

/** Whether a member of that name is a place. */
export function isPlace(name: string): boolean {
  return PLACE.test(name) && !NO_PLACE.test(name)
}

/** The place that the caller named for a member of this name: none rather than another one. */
export function placeFor(name: string, state: SynthesisState): string | undefined {
  const { said, faker, ordinal } = state
  if (NO_PLACE.test(name) || ![PLACE, START, END].some((each) => each.test(name))) return undefined
  const { country, state: states } = faker.definitions.location
  const countries = [...country, ...MORE_REGIONS]
  const places = placesNamed(said, [...countries, ...states])
  const behind = (word: string) => places.filter(({ preposition }) => preposition === word)
  const there = whereabouts(places)
  if (START.test(name)) return behind('from')[0]?.name
  if (END.test(name)) return (behind('to')[0] ?? (isPlace(name) ? there[0] : undefined))?.name
  if (/country/i.test(name)) return places.find((place) => countries.includes(place.name))?.name
  const likely = there.length > 0 ? there : behind('to')
  return likely[ordinal % Math.max(1, likely.length)]?.name
}

/** A place that a caller names. */
export interface NamedPlace {
  readonly name: string
  /** The word before it, or before the list that it stands in, in lower case: `in`, `from`. */
  readonly preposition: string
}

/** Written with a capital, and no place. */
const NO_PLACE = String.raw`(?:I|What|How|Is|Are|Can|Could|Do|Does|Please|The|My|Today|Tomorrow|Tonight|Celsius|Fahrenheit|Kelvin|English|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)(?![\p{L}-])`
const WORD = String.raw`(?!${NO_PLACE})(?:(?:St|Ste|Mt|Ft)\.\s)?\p{Lu}[\p{L}'’-]*`
/** `San Francisco`, `St. Louis`, `Rio de Janeiro` */
const NAME = String.raw`${WORD}(?:\s(?:(?:de|del|do|da|di|la|am|of|upon|sur)\s)?${WORD})*`
/** A state or a country, by its letters. */
const LETTERS = String.raw`(?:,\s\p{Lu}{2,3}(?!\p{L}))?`

/** `in San Francisco, Tokyo, and Paris`, `to Boston, MA` */
const PLACES = new RegExp(
  String.raw`(?<!\p{L})([Ii]n|[Aa]t|[Nn]ear|[Ff]or|[Tt]o|[Ff]rom)\s(${NAME}${LETTERS})((?:,\s${NAME})*,?\s(?:and|or)\s${NAME})?(?:,\s(${NAME}))?`,
  'gu',
)
const NAMES = new RegExp(NAME, 'gu')

/** More would be a list, not speech. */
const MAX_PLACES = 8

/**
 * The places that a caller names, as far as prepositions and capitals tell.
 *
 * @param regions States and countries, which say where the city before them is: `Glasgow, Scotland`.
 */
export function placesNamed(said: string, regions: readonly string[] = []): NamedPlace[] {
  const places: NamedPlace[] = []
  for (const [, word = '', first = '', more = '', region] of said.matchAll(PLACES)) {
    const preposition = word.toLowerCase()
    const isWithin = region !== undefined && more === '' && regions.includes(region)
    places.push({ name: isWithin ? `${first}, ${region}` : first, preposition })
    for (const [name] of more.matchAll(NAMES)) places.push({ name, preposition })
    if (places.length >= MAX_PLACES) break
  }
  return places.slice(0, MAX_PLACES)
}

/** Those where something is: neither starts nor ends, and all behind the same word. */
export function whereabouts(places: readonly NamedPlace[]): NamedPlace[] {
  const first = places.find(({ preposition }) => !/^(?:from|to)$/.test(preposition))
  return places.filter(({ preposition }) => preposition === first?.preposition)
}

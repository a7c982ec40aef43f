/** Never the last word of a sentence. */
const TITLES = words(`
  mr mrs ms dr prof rev hon gen col capt cpt lt sgt maj cmdr messrs mme mlle st mt
  vs cf e.g i.e eg ie approx tel z.b d.h bzw ggf sra srta dña dra`)

/** A number must follow: "No. 5", but "No. I cannot." */
const NUMBERED = words(`
  no nos nr núm fig vol art sec ch pp p ext apt ste
  jan feb mar apr jun jul aug sep sept oct nov dec`)

/** The last word of a sentence only before a capital letter or its like. */
const AMBIGUOUS = words(`
  a.m p.m am pm est etc inc ltd co corp llc jr sr bros dept al usw u.a p.s ft ca`)

/** `J.`, `U.S.` and `Ft.`, a fort: feet are written `ft`. The word "I" may well end a sentence. */
const CAPITALS = /^(?!I\.$)(?:(?:\p{Lu}\.)+|Ft\.)$/u

/**
 * Whether a full stop after this word ends a sentence, given the first character of what follows;
 * `undefined` when that must be known first.
 */
export function endsSentence(word: string, next: string): boolean | undefined {
  if (CAPITALS.test(word)) return false
  const name = word.slice(0, -1).toLowerCase()
  if (TITLES.has(name)) return false
  if (!NUMBERED.has(name) && !AMBIGUOUS.has(name)) return true
  if (next === '') return undefined
  return NUMBERED.has(name) ? !/\d/.test(next) : !/[\p{Ll}\d]/u.test(next)
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}

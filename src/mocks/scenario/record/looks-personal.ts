const SIGNS: Readonly<Record<string, RegExp>> = {
  'an e-mail address': /[\w.+-]+@[\w-]+\.[a-z]{2,}/i,
  'a phone number':
    /(?<![\w.-])(?!\d{4}-\d\d-\d\d)\+?\(?\d{1,4}\)?(?:[ ./-]?\(?\d{2,5}\)?){2,5}(?![\w-])/,
  'a long number': /(?<!\d)\d(?:[ -]?\d){8,}(?!\d)/,
  'a name':
    /\b(?:my name is|my name's|this is|I am called|mein Name ist|ich heiße|je m'appelle|me llamo|mi chiamo)\s+\p{Lu}\p{L}+/iu,
}
/** What a name follows does not look for case; a name has a capital. */
const CAPITALIZED = /\s\p{Lu}\p{L}+$/u

/** What in a text looks as if it told of somebody: to be looked at, since nothing tells for sure. */
export function looksPersonal(text: string): string[] {
  return Object.entries(SIGNS).flatMap(([what, sign]) => {
    const [found] = sign.exec(text) ?? []
    const isIt = found !== undefined && (what !== 'a name' || CAPITALIZED.test(found))
    return isIt ? [what] : []
  })
}

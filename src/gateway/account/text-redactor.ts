import {
  clip,
  escapeUnseen,
  isKeyInPath,
  looksLikeAKey,
  type SecretMask,
  secretMask,
  secretsOf,
} from '../../wire/index.ts'

/** Removes secrets from what is told of turns. */
export interface TextRedactor {
  /** A name or an id, in one line, without the secrets that the gateway knows. */
  readonly name: (text: string) => string
  /** What others wrote, in one line, also without what must be taken for a secret. */
  readonly foreign: (text: string) => string
  /** What was said in a conversation, without the secrets that the gateway knows. */
  readonly content: (text: string) => string
}

const MOST_OF_NAME = 200
/** Nearly all that is told are the same names again. */
const MOST_REMEMBERED = 100
const MOST_OF_FOREIGN = 500
/** To look for queries takes a time that is quadratic in the slashes of a text. */
const MOST_READ = 2_000
const REDACTED = '[redacted]'

const USER_INFO = /\/\/[^\s/?#"'<>]*@/g
const QUERY = /(\/[^\s?#"'<>]*)[?#][^\s"'<>]*/g
const SCHEME = String.raw`(?:https?|wss?|rediss?)://`
const HOST = String.raw`\[[0-9a-f:.]+\]|[\w.-]+`
const ADDRESS = String.raw`${SCHEME}(?:\[redacted\]@)?(${HOST})(?::\d{1,5})?(?![.:]?[\w~+=@-])`
const JOINED = String.raw`[\w.~+/:=-]`
/** A URL, as its address and the path behind that, or what has no blanks, up to the next URL. */
const TOKEN = new RegExp(`(${ADDRESS})(${JOINED}*)|(?:(?!.${SCHEME})${JOINED}){7,}${JOINED}`, 'gi')

/**
 * Makes a redactor. The secrets are asked for each time, since a file of keys may be read anew; those of
 * upstreams come first, as of 32 every spelling is looked for.
 */
export function textRedactor(secrets: () => readonly string[]): TextRedactor {
  let known: readonly string[] = []
  let mask = maskOf(known)
  const masked = new Map<string, string>()
  const withoutKnown = (text: string): string => {
    const now = secrets()
    if (now.length !== known.length || now.some((each, i) => each !== known[i])) {
      known = [...now]
      mask = maskOf(known)
      masked.clear()
    }
    let told = masked.get(text)
    if (told === undefined) {
      told = mask(text)
      if (masked.size >= MOST_REMEMBERED) masked.clear()
      if (text.length <= MOST_OF_NAME) masked.set(text, told)
    }
    return told
  }
  return {
    name: (text) => clip(escapeUnseen(withoutKnown(text)), MOST_OF_NAME),
    foreign: (text) =>
      clip(escapeUnseen(withoutLikely(clip(withoutKnown(text), MOST_READ))), MOST_OF_FOREIGN),
    content: (text) => withoutKnown(text).split('\n').map(escapeUnseen).join('\n'),
  }
}

function withoutLikely(text: string): string {
  return text
    .replaceAll(USER_INFO, `//${REDACTED}@`)
    .replaceAll(QUERY, '$1')
    .replaceAll(TOKEN, withoutKey)
}

/** An address is no secret, and a key may stand behind it: that is judged as in a URL of plain words. */
function withoutKey(token: string, address?: string, host?: string, path = ''): string {
  if (address === undefined || host?.split('.').some(isKeyInPath)) {
    return looksLikeAKey(token) ? REDACTED : token
  }
  return looksLikeAKey(`http://host${path}`) ? `${address}${REDACTED}` : token
}

/** To learn the spellings of a secret takes 1 to 3 ms; of the others, the plain one is known. */
const MOST_SPELLED = 32

function maskOf(secrets: readonly string[]): SecretMask['text'] {
  const sentAlong = secrets
  const worthHiding = secretsOf({ givenUrl: '', apiKey: undefined, headers: [], sentAlong })
  const { text: maskSpelled } = secretMask(worthHiding.slice(0, MOST_SPELLED))
  const others = worthHiding.slice(MOST_SPELLED)
  return (text) =>
    others.reduce((masked, secret) => masked.replaceAll(secret, REDACTED), maskSpelled(text))
}

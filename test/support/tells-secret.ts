/** Eight characters of a secret are as good as all of it. */
const TELLING = 8
const MAX_ROUNDS = 5

/**
 * The first part of some secret that a text tells, in whatever way: case, escapes of URLs, HTML and
 * JSON, base64 and hexadecimal are undone, and strings joined that stand in the same member.
 */
export function toldSecret(text: string, secrets: readonly string[]): string | undefined {
  for (const view of viewsOf(text)) {
    const folded = view.toLowerCase()
    for (const secret of secrets) {
      const told = toldPart(folded, secret.toLowerCase())
      if (told !== undefined) return told
    }
  }
  return undefined
}

function toldPart(text: string, secret: string): string | undefined {
  // Every part that tells holds one of these, and there are few of them to look for.
  for (let at = 0; at + 4 <= secret.length; at += TELLING - 3) {
    const part = secret.slice(at, at + 4)
    for (let found = text.indexOf(part); found >= 0; found = text.indexOf(part, found + 1)) {
      for (let start = Math.max(0, at - TELLING + 4); start <= at; start++) {
        const window = secret.slice(start, start + TELLING)
        if (window.length === TELLING && text.startsWith(window, found - (at - start)))
          return window
      }
    }
  }
  return undefined
}

function viewsOf(text: string): Set<string> {
  const views = new Set<string>()
  let fresh = [text, ...joinedMembers(text)]
  for (let round = 0; round < MAX_ROUNDS && fresh.length > 0; round++) {
    for (const view of fresh) views.add(view)
    fresh = fresh
      .flatMap((view) => [withoutEscapes(view), ...joinedMembers(view), decodedTokens(view)])
      .filter((view) => view !== '' && !views.has(view))
  }
  return views
}

function withoutEscapes(text: string): string {
  return text
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => fromHex(hex))
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex: string) => fromHex(hex))
    .replaceAll(/&#x([0-9a-f]+);?/gi, (_, hex: string) => fromHex(hex))
    .replaceAll(/&#([0-9]+);?/g, (_, digits: string) => String.fromCharCode(Number(digits)))
    .replaceAll('&plus;', '+')
    .replaceAll('&sol;', '/')
    .replaceAll('&equals;', '=')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll(/\\(["\\/])/g, '$1')
}

function fromHex(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16))
}

/** What strings of members of one name say together. */
function joinedMembers(text: string): string[] {
  const members = new Map<string, string>()
  for (const [, name, value] of text.matchAll(/"(\w+)\\*":\s*\\*"((?:[^"\\]|\\.)*?)\\*"/g)) {
    members.set(name!, (members.get(name!) ?? '') + value!)
  }
  const lines = Array.from(text.matchAll(/data: ([^{\n\\]{1,8})(?=\n|\\n)/g), ([, data]) => data)
  return [...members.values(), lines.join('')].filter((joined) => joined.length >= TELLING)
}

/** Whatever could be base64 or hexadecimal, decoded from every place that it may begin at. */
function decodedTokens(text: string): string {
  const decoded: string[] = []
  // Once each: most are repeated from request to request.
  for (const token of new Set(text.match(/[\w+/-]{11,}/g))) {
    for (let at = 0; at < 4; at++) {
      decoded.push(Buffer.from(token.slice(at), 'base64').toString('latin1'))
    }
    if (/^[0-9a-f]{16,}$/i.test(token)) decoded.push(Buffer.from(token, 'hex').toString('latin1'))
  }
  return decoded.join('\n')
}

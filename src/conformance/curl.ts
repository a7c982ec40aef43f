import type { Header, HttpRequest } from '../wire/index.ts'

/** The command that repeats a request; the key is read from the environment. */
export function curl({ method, url, headers, body }: HttpRequest): string {
  return [
    'curl -N',
    ...(method === 'POST' ? [] : [`-X ${method}`]),
    quote(url),
    ...headers.filter(isWorthRepeating).map(repeatHeader),
    ...(body === null ? [] : [`-d ${quote(body)}`]),
  ].join(' ')
}

function isWorthRepeating([name, value]: Header): boolean {
  return name !== 'x-soundcheck-probe' && !(name === 'accept-encoding' && value === 'identity')
}

function repeatHeader([name, value]: Header): string {
  if (name.toLowerCase() === 'authorization')
    return '-H "Authorization: Bearer $SOUNDCHECK_API_KEY"'
  return `-H ${quote(`${name}: ${value}`)}`
}

/** Quotes a word for a POSIX shell. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

import type { Header, HttpRequest } from '../../wire/index.ts'

/** A command that sends a request again, its body from a file when one is named. */
export function curl({ method, url, headers, body }: HttpRequest, bodyFile?: string): string {
  return [
    'curl -N',
    ...(method === 'POST' ? [] : [`-X ${method}`]),
    quote(url),
    ...headers.filter(isWorthRepeating).map(repeatHeader),
    ...(body === null ? [] : [`-d ${bodyFile === undefined ? quote(body) : fileWord(bodyFile)}`]),
  ].join(' ')
}

function isWorthRepeating([name, value]: Header): boolean {
  return name !== 'x-soundcheck-probe' && !(name === 'accept-encoding' && value === 'identity')
}

/** The shell fills in the variable that stands for a key. */
function repeatHeader([name, value]: Header): string {
  const header = `${name}: ${value}`
  return `-H ${value.includes('$SOUNDCHECK_API_KEY') ? `"${header}"` : quote(header)}`
}

function fileWord(file: string): string {
  return /^[\w./-]+$/.test(file) ? `@${file}` : quote(`@${file}`)
}

/** The log of a CI takes it for a command; see `escapeText`. */
const COMMAND_START = /#(?=#\w*\[)|:(?=:[A-Za-z])/g

/** Quotes a word for a POSIX shell, which joins again what must not stand together in a log. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`).replaceAll(COMMAND_START, "$&''")}'`
}

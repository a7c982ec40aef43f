import { KEY_PLACEHOLDER } from '../../endpoint/index.ts'
import { parseJson } from '../../protocol/index.ts'
import { COMMAND_START, escapeJson, type Header, type HttpRequest } from '../../wire/index.ts'

export interface CurlOptions {
  /** The file that holds the body; in the command when absent. */
  readonly bodyFile?: string | undefined
  /** The proxy that the request went through; a password for it is not shown. */
  readonly proxy?: { readonly url: string } | undefined
}

/**
 * A command that sends a request again. It runs nothing else, whatever the request says: that may come
 * from a file that somebody else saved.
 */
export function curl(
  { method, url, headers, body }: HttpRequest,
  { bodyFile, proxy }: CurlOptions = {},
): string {
  return [
    'curl -gN',
    ...(proxy ? [`-x ${quote(proxy.url)}`] : []),
    ...(method === 'POST' ? [] : [`-X ${quote(method)}`]),
    ...(url.startsWith('-') ? ['--url'] : []),
    quote(url),
    ...headers.filter(isWorthRepeating).map(repeatHeader),
    ...(body === null ? [] : [bodyFile === undefined ? inlineBody(body) : bodyOf(bodyFile)]),
  ].join(' ')
}

/** What curl says itself: what was recorded of a client may be for another host, or another length. */
const OF_THE_CLIENT = /^(?:host|content-length|transfer-encoding|connection|expect)$/i

/** A name that is none would be a file of headers, `@/etc/passwd`. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/

function isWorthRepeating([name, value]: Header): boolean {
  if (name === 'x-soundcheck-probe' || (name === 'accept-encoding' && value === 'identity')) {
    return false
  }
  return TOKEN.test(name) && !OF_THE_CLIENT.test(name)
}

/** The shell fills in the variable that stands for a key, and nothing else. */
function repeatHeader([name, value]: Header): string {
  const isKey = value === KEY_PLACEHOLDER && /^[\w-]+$/.test(name)
  return `-H ${isKey ? `"${name}: ${value}"` : quote(`${name}: ${value}`)}`
}

function inlineBody(body: string): string {
  return `--data-raw ${quote(isJson(body) ? onOneLine(body) : body)}`
}

/** What a terminal would not show as it is becomes escapes of JSON, so that the value is the same. */
function onOneLine(json: string): string {
  return escapeJson(json).replaceAll(/[\n\r\t]/g, ' ')
}

function isJson(text: string): boolean {
  return parseJson(text) !== undefined
}

function bodyOf(file: string): string {
  return `--data-binary ${/^[\w./-]+$/.test(file) ? `@${file}` : quote(`@${file}`)}`
}

/** Quotes a word for a POSIX shell, which joins again what must not stand together in a log. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`).replaceAll(COMMAND_START, "$&''")}'`
}

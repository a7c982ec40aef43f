import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { delta, DONE, event, says } from './exchanges.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const spelled = (text: string, spell: (character: string) => string) =>
  Array.from(text, spell).join('')
const codeOf = (character: string, radix: number) => character.charCodeAt(0).toString(radix)
const escape = (character: string) => `\\u${codeOf(character, 16).padStart(4, '0')}`
const NAMES: Readonly<Record<string, string>> = { '+': 'plus', '/': 'sol', '=': 'equals' }

/** Ways to write a secret: without the scheme that it was sent with, or as it was sent. */
export const FORMS: Readonly<Record<string, (bare: string, sent: string) => string>> = {
  whole: (_, sent) => sent,
  url: encodeURIComponent,
  lowerUrl: (bare) => encodeURIComponent(bare).replaceAll(/%../g, (each) => each.toLowerCase()),
  doubleUrl: (bare) => encodeURIComponent(encodeURIComponent(bare)),
  query: (bare) => String(new URLSearchParams({ k: bare })).slice(2),
  base64,
  base64Url: (bare) => Buffer.from(bare).toString('base64url'),
  base64Bare: (bare) => base64(bare).replace(/=+$/, ''),
  base64OfHeader: (_, sent) => base64(sent),
  base64OfJson: (_, sent) => base64(JSON.stringify({ headers: { authorization: sent } })),
  hex: (bare) => Buffer.from(bare).toString('hex'),
  upperHex: (bare) => Buffer.from(bare).toString('hex').toUpperCase(),
  lower: (bare) => bare.toLowerCase(),
  upper: (bare) => bare.toUpperCase(),
  entities: (bare) => bare.replaceAll(/\W/g, (each) => `&#x${codeOf(each, 16)};`),
  decimalEntities: (bare) => spelled(bare, (each) => `&#${codeOf(each, 10)};`),
  namedEntities: (bare) => bare.replaceAll(/[+/=]/g, (each) => `&${NAMES[each]};`),
  unicode: (bare) => spelled(bare, escape),
  someUnicode: (bare) =>
    bare.replaceAll(/\W/g, (each) => escape(each).toUpperCase().replace('U', 'u')),
  basicPair: (bare, sent) => (sent.startsWith('Basic ') ? atob(bare) : bare),
  slashes: (bare) => bare.replaceAll('/', '\\/'),
  jsonInJson: (bare) => JSON.stringify(JSON.stringify(`"${bare}"`)),
  cutOff: (bare) => `${bare.slice(0, -3)}...`,
  tail: (bare) => `...${bare.slice(-8)}`,
}

type Say = (response: ServerResponse, text: string) => unknown

const json =
  (status: number, bodyOf: (text: string) => object): Say =>
  (response, text) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(bodyOf(text)))
const stream =
  (eventsOf: (text: string) => readonly string[]): Say =>
  (response, text) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-echo': text })
    for (const each of [delta({ role: 'assistant', content: '' }), ...eventsOf(text), DONE]) {
      response.write(each)
    }
    response.end()
  }
const call = (fragment: object) => delta({ tool_calls: [{ index: 0, ...fragment }] })

/** Where an endpoint may say it. */
export const PLACES: Readonly<Record<string, Say>> = {
  error: json(400, (text) => ({ error: { message: `Bad key: ${text}`, type: text, code: text } })),
  refusal: json(401, (text) => ({ error: { message: `Incorrect API key provided: ${text}` } })),
  head: (response, text) =>
    response
      .writeHead(500, `Bad ${text}`, {
        'content-type': 'text/plain',
        'x-echo': text,
        'set-cookie': text,
        [`x-${text.replaceAll(/[^\w-]/g, '')}`]: 'x',
      })
      .end(text),
  contentType: (response, text) =>
    response.writeHead(200, { 'content-type': `text/${text}`, 'content-encoding': text }).end('hi'),
  redirect: (response, text) =>
    response.writeHead(307, { location: `http://127.0.0.1:1/${text}` }).end(),
  page: (response, text) =>
    response
      .writeHead(502, { 'content-type': 'text/html' })
      .end(`<html><body>${text}</body></html>`),
  content: stream((text) => [says(`# ${text}`)]),
  halves: stream((text) => {
    const half = text.length >> 1
    return [says(`Hello. ${text.slice(0, half)}`), says(`${text.slice(half)} **x**`)]
  }),
  characters: stream((text) => Array.from(`# ${text} http://x.y/`, says)),
  lines: stream((text) => Array.from(text, (each) => `data: ${each}\n\n`)),
  arguments: stream((text) => [
    call({ id: text, type: 'function', function: { name: text, arguments: '' } }),
    ...Array.from(text, (each) => call({ function: { arguments: each } })),
  ]),
  fields: stream((text) => {
    const raw = text.includes('\\u') ? text : JSON.stringify(text).slice(1, -1)
    return [
      `data: {"id":"${raw}","object":"${raw}","model":"${raw}","choices":[{"index":"${raw}","delta":{"role":"${raw}","content":"${raw}","${raw}":1},"finish_reason":"${raw}"}],"${raw}":1}\n\n`,
      `${text}: x\n: ${text}\nevent: ${text}\nid: ${text}\ndata: ${text}\n\n`,
      event({ error: { message: text } }),
    ]
  }),
  reads: async (response, text) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const bytes of says(`# ${text}`).match(/[^]{1,7}/g)!) {
      response.write(bytes)
      await setImmediate()
    }
    response.end(DONE)
  },
}

/** Repeats the secrets of a request, in the form and the place that its path names: `/hex/error/v1`. */
export function echoSecrets(request: IncomingMessage, response: ServerResponse): void {
  request.resume().once('end', () => {
    const [path = '', query = ''] = request.url!.split('?')
    const [, form = '', place = ''] = path.split('/')
    const { headers } = request
    const sent = [
      headers.authorization,
      String(headers['x-api-key'] ?? ''),
      headers['proxy-authorization'] ?? '',
      String(headers['x-tenant'] ?? ''),
      ...(headers.cookie?.split('; ') ?? []),
      ...query.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1)),
    ]
    const text = sent
      .flatMap((each) => (each ? FORMS[form]!(each.replace(/^(?:Bearer|Basic) /, ''), each) : []))
      .join(' ; ')
    void PLACES[place]!(response, text)
  })
}

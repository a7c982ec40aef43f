import { createParser } from 'eventsource-parser'
import { isJsonObject, readPayload, parseJson, type JsonObject } from '../../../protocol/index.ts'
import { BOUNDS } from '../../../wire/index.ts'
import { UpstreamError } from '../upstream-error.ts'
import type { Saying } from '../upstream.ts'

/** What a body turned out to be: events, lines of JSON, or one JSON value. */
type Form = 'unknown' | 'events' | 'json'

/**
 * Reads the body of an answer as it comes: as server-sent events, whatever its type says, or as the JSON
 * of one completion, or of one chunk a line.
 */
export class AnswerDecoder {
  readonly #text = new TextDecoder()
  #sayings: Saying[] = []
  #form: Form = 'unknown'
  #pending = ''
  #size = 0
  readonly #parser = createParser({
    onEvent: ({ data, event }) => this.#takeEvent(data, event),
    onComment: (text) => this.#sayings.push({ kind: 'comment', text }),
    onError: ({ line }) => this.#takeOddLine(line ?? ''),
  })

  /** @throws UpstreamError for what is no answer. */
  feed(bytes: Uint8Array): readonly Saying[] {
    this.#size += bytes.length
    if (this.#size > BOUNDS.answer.bytes)
      throw new UpstreamError('garbled', 'the answer does not end')
    this.#takeText(this.#text.decode(bytes, { stream: true }))
    return this.#take()
  }

  /** The body is over. */
  end(): readonly Saying[] {
    this.#takeText(this.#text.decode())
    // The last blank line may be missing.
    if (this.#form === 'events') this.#parser.feed('\n\n')
    else if (this.#form === 'json') this.#takeRest()
    return this.#take()
  }

  #take(): readonly Saying[] {
    const sayings = this.#sayings
    if (sayings.length > 0) this.#sayings = []
    return sayings
  }

  #takeText(text: string): void {
    switch (this.#form) {
      case 'events':
        return this.#parser.feed(text)
      case 'json':
        this.#pending += text
        return this.#takeLines()
      case 'unknown': {
        this.#pending += text
        const [first] = this.#pending.replace(/^[\s\uFEFF]+/, '')
        if (first === undefined) return
        if (first === '<') throw new UpstreamError('garbled', 'it answered with a page of HTML')
        this.#form = first === '{' || first === '[' ? 'json' : 'events'
        const begun = this.#pending.replaceAll(/^\uFEFF+/g, '')
        this.#pending = ''
        this.#takeText(begun)
      }
    }
  }

  #takeEvent(told: string, event: string | undefined): void {
    const data = told.startsWith('data:') ? told.slice('data:'.length).trimStart() : told
    const payload = readPayload(data)
    switch (payload.kind) {
      case 'done':
      case 'almost-done':
        this.#sayings.push({ kind: 'done' })
        return
      case 'empty':
      case 'comment':
        return
      case 'chunk':
      case 'error':
        this.#takeChunk(payload.json, data.includes('\n') ? undefined : data, event)
        return
      case 'not-an-object':
        throw new UpstreamError('garbled', `an event holds ${data}`)
      case 'not-json':
        this.#takeSeveral(data)
    }
  }

  #takeChunk(told: JsonObject, data: string | undefined, event: string | undefined): void {
    // Some name an event beside what it holds alone.
    const name = event?.startsWith('response.') ? event : undefined
    const chunk = name && typeof told['type'] !== 'string' ? { ...told, type: name } : told
    const { type } = chunk
    const isOther = typeof type === 'string' && type.startsWith('response.')
    const isError = event === 'error' && !isOther && !('choices' in chunk) && !('error' in chunk)
    if (isError) this.#sayings.push({ kind: 'chunk', chunk: { error: chunk } })
    else this.#sayings.push({ kind: 'chunk', chunk, ...(data !== undefined && { data }) })
  }

  /** Where the blank lines between events are missing, several stand in one. */
  #takeSeveral(data: string): void {
    const parts = data.split(/\n|(?<=\})(?=\{")/)
    if (parts.length === 1) throw new UpstreamError('garbled', `an event is no JSON: ${data}`)
    for (const part of parts) this.#takeEvent(part, undefined)
  }

  /** A line that is no field: some put an error there, or JSON without `data:`. */
  #takeOddLine(line: string): void {
    const error = /^error:\s*(?<what>.+)/i.exec(line)?.groups?.['what']
    if (error !== undefined) this.#sayings.push({ kind: 'chunk', chunk: { error } })
    const json = line.startsWith('{') ? parseJson(line) : undefined
    if (isJsonObject(json)) this.#sayings.push({ kind: 'chunk', chunk: json })
  }

  #takeLines(): void {
    const lines = this.#pending.split('\n')
    // A completion may be written over several lines.
    if (lines.length === 1 || !isJsonObject(parseJson(lines[0]!))) return
    this.#pending = lines.pop()!
    for (const line of lines) this.#takeEvent(line, undefined)
  }

  /** A completion says by its end that nothing follows, whatever it holds. */
  #takeRest(): void {
    this.#takeEvent(this.#pending, undefined)
    this.#sayings.push({ kind: 'done' })
  }
}

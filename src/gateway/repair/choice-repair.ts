import { isFailureReason, isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import { isErrorText } from './error-as-text.ts'
import { finishReasonOf } from './finish-reason.ts'
import { HeldCalls, type HeldCallsOptions } from './held-calls.ts'
import { type Heard, Speakable } from './speakable.ts'

export interface ChoiceOptions extends HeldCallsOptions {
  /** Whether reasoning is sent on, beside what is spoken. */
  readonly sendsReasoning: boolean
  /** Whether the text begins within reasoning that the prompt has opened. */
  readonly isReasoning: boolean
  /** Whether JSON was asked for: a program reads it, and nobody hears it. */
  readonly isData: boolean
}

/** One letter may well be said twice. */
const LEAST_REPEATED = 2
/** Shorter answers may. */
const LEAST_WHOLE = 12
/** Software writes an error whole; a model that speaks of one comes to it token by token. */
const LEAST_ERROR = 16
const HIGH_SURROGATE = /[\uD800-\uDBFF]$/
const HALF = /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/
const SOUND = /[\p{L}\p{N}\p{Extended_Pictographic}]/u
/** Words that are heard while the answer is not there yet, and lack the space behind them. */
const FILLER_WITHOUT_SPACE = /^[^.!?…。！？\n]{1,80}(?:\.{3,}|…)$/u
const LONGEST_FILLER = 90
/** What would be joined to them; a mark belongs there. */
const WORD_BEGINS = /^[\p{L}\p{N}]/u
const JSON_BEGINS = /^\s*[{["]/
const MAY_BE_ERROR = /Error|ERROR|Exception|Traceback/

/** One choice of an answer, on its way to the caller. */
export class ChoiceRepair {
  /** Whether the upstream has begun to say something. */
  isBegun = false
  /** What the caller hears. */
  said = ''
  /** What was thought, be it sent on or not. */
  thought = ''
  readonly speakable: Speakable
  readonly #options: ChoiceOptions
  readonly #calls: HeldCalls
  #finish: string | undefined
  /** All text as it came, and its last two pieces. */
  #came = ''
  #last = ''
  #beforeLast = ''
  #isCumulative = false
  /** What makes no sound, before anything does. */
  #soundless = ''
  /** Half a character. */
  #half = ''
  /** Of an answer that may be an error. */
  #start: string | undefined = ''

  constructor(options: ChoiceOptions) {
    this.#options = options
    this.#calls = new HeldCalls(options)
    this.speakable = new Speakable(options)
  }

  get isFinished(): boolean {
    return this.#finish !== undefined
  }

  /** Whether it ended of its own accord within reasoning: no limit cut it. */
  get isAllReasoning(): boolean {
    return this.speakable.isReasoning && finishReasonOf(this.#finish, false) !== 'length'
  }

  /** Whether a delta that holds nothing but this text may be sent as it is; it is taken for sent then. */
  takesAsItIs(text: string): boolean {
    if (this.said === '' || this.isFinished) return false
    if (text === this.#came || this.#growsOutOfLast(text)) return false
    if (this.#start !== undefined || !this.speakable.isPlain(text)) return false
    if (this.#half !== '' || HALF.test(text) || MAY_BE_ERROR.test(text)) return false
    if (this.#lacksSpace()) return false
    this.#remember(text, text)
    this.said += text
    return true
  }

  /** Takes a delta, and gives what of it is sent on now; `undefined` where nothing is. */
  take(delta: JsonObject, finish: Json | undefined): JsonObject | undefined {
    const { content, refusal, reasoning_content, reasoning, tool_calls, function_call, ...rest } =
      delta
    if (isFailureReason(finish)) {
      throw new UpstreamError('failed', `its finish_reason is ${JSON.stringify(finish)}`)
    }
    if (typeof finish === 'string') this.#finish ??= finish
    for (const fragment of Array.isArray(tool_calls) ? tool_calls : []) this.#calls.add(fragment)
    this.#calls.addLegacy(function_call ?? null)
    if (this.#calls.count > 0) this.isBegun = true
    // Nobody hears a refusal where it stands.
    const spoken = textOf(content) + (this.#options.isData ? '' : textOf(refusal))
    const heard = this.#hear(spoken)
    return this.#deltaOf(heard, textOf(reasoning_content) || textOf(reasoning), rest)
  }

  /**
   * Ends the choice, and gives its last deltas and its finish reason.
   *
   * @throws UpstreamError where it said nothing, or calls a tool in a way that cannot be mended.
   */
  end(): { readonly deltas: readonly JsonObject[]; readonly finish: string } {
    const rest = this.#start === undefined ? '' : this.#release(true)
    const before = rest === '' ? undefined : this.#deltaOf(this.speakable.feed(rest), '', {})
    const last = this.#deltaOf(this.speakable.end(), '', {})
    const calls = this.#calls.finish()
    const wasCut = finishReasonOf(this.#finish, false) === 'length'
    // A call that its limit cut is none.
    if (typeof calls === 'string' && !wasCut) throw new UpstreamError('garbled', calls)
    const whole = typeof calls === 'string' ? [] : calls
    if (this.said.trim() === '' && whole.length === 0) {
      const isFiltered = finishReasonOf(this.#finish, false) === 'content_filter'
      throw new UpstreamError(isFiltered ? 'filtered' : 'garbled', this.#whyEmpty())
    }
    const deltas = whole.map(({ id, kind, name, arguments: args }, index): JsonObject => {
      if (kind === 'legacy') return { function_call: { name, arguments: args } }
      const inner = kind === 'custom' ? { name, input: args } : { name, arguments: args }
      return { tool_calls: [{ index, id, type: kind, [kind]: inner }] }
    })
    return {
      deltas: [...(before ? [before] : []), ...(last ? [last] : []), ...deltas],
      finish: finishReasonOf(this.#finish, whole.length > 0),
    }
  }

  #whyEmpty(): string {
    if (this.speakable.hasBrokenCall) return 'it wrote out a tool call that cannot be read'
    const reason = this.#finish === undefined ? '' : ` (finish_reason ${this.#finish})`
    return `the answer says nothing${reason}`
  }

  #hear(text: string): Heard {
    if (text === '') return { text: '', reasoning: '', calls: [] }
    const rest = this.#half + this.#withoutRepetition(text)
    this.#half = HIGH_SURROGATE.exec(rest)?.[0] ?? ''
    const whole = rest.slice(0, rest.length - this.#half.length)
    this.#remember(whole, text)
    if (this.#start === undefined) {
      const mayBeError =
        !this.#options.isData && whole.length >= LEAST_ERROR && MAY_BE_ERROR.test(whole)
      if (mayBeError && isErrorText(whole, true) === true) throw errorSaid(whole)
      return this.speakable.feed(whole)
    }
    this.#start += whole
    return this.speakable.feed(this.#release(false))
  }

  #remember(whole: string, text: string): void {
    this.#came += whole
    this.#beforeLast = this.#last
    this.#last = text
  }

  /** What of the start is no error, nor may become one. */
  #release(isAll: boolean): string {
    const start = this.#start ?? ''
    if (start.trim() === '' && !isAll) return ''
    const isError = !(this.#options.isData && JSON_BEGINS.test(start)) && isErrorText(start, isAll)
    if (isError === true) throw errorSaid(start)
    if (isError === 'perhaps') return ''
    this.#start = undefined
    return start
  }

  #deltaOf(heard: Heard, reasoning: string, rest: JsonObject): JsonObject | undefined {
    for (const call of heard.calls) this.#calls.addWhole(call)
    const text = this.#sounding(heard.text)
    this.said += text
    if (text !== '' || heard.calls.length > 0) this.isBegun = true
    this.thought += reasoning + heard.reasoning
    const thought = this.#options.sendsReasoning ? reasoning + heard.reasoning : ''
    const delta = {
      ...extrasOf(rest),
      ...(text !== '' && { content: text }),
      ...(thought !== '' && { reasoning_content: thought }),
    }
    return Object.keys(delta).length > 0 ? delta : undefined
  }

  /** What is to be sent of a text: nothing before something makes a sound, and the space that a filler lacks. */
  #sounding(text: string): string {
    if (this.#options.isData) return text
    if (this.said !== '') return this.#lacksSpace() && WORD_BEGINS.test(text) ? ` ${text}` : text
    this.#soundless += text
    const begun = this.#soundless.trimStart()
    if (!SOUND.test(begun)) return ''
    this.#soundless = ''
    return begun
  }

  #lacksSpace(): boolean {
    if (this.#options.isData) return false
    return this.said.length < LONGEST_FILLER && FILLER_WITHOUT_SPACE.test(this.said)
  }

  /** Some servers send with each delta all that was said before, or all of it once more at the end. */
  #withoutRepetition(text: string): string {
    if (text === this.#came && text.length >= LEAST_WHOLE) return ''
    if (!this.#growsOutOfLast(text)) return text
    this.#isCumulative = true
    return text.slice(this.#last.length)
  }

  /** Whether a piece begins with all that was said before, or the first three grew out of each other. */
  #growsOutOfLast(text: string): boolean {
    const last = this.#last
    const before = this.#beforeLast
    if (last === '' || text.length < last.length || !text.startsWith(last)) return false
    if (this.#isCumulative) return true
    if (text === last || last.trim().length < LEAST_REPEATED) return false
    // Who laughs says the same again.
    if (text.slice(last.length).startsWith(last.trim())) return false
    if (last === this.#came) return true
    // Further on, words do begin as the one before: 10, 100, 1000.
    return this.#came === before + last && last !== before && last.startsWith(before)
  }
}

function errorSaid(text: string): UpstreamError {
  return new UpstreamError('failed', `its answer is the text of an error: ${text}`)
}

/** The role is the gateway's to send; what thinks aloud in another member is not heard, and not sent. */
function extrasOf({ role: _role, extra_content: _thought, ...rest }: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => value !== null && !key.startsWith('reasoning')),
  )
}

/** A text, or one in parts. */
function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (!Array.isArray(value)) return isJsonObject(value) ? textOf(value['text']) : ''
  return value.map((part) => (isJsonObject(part) ? textOf(part['text']) : textOf(part))).join('')
}

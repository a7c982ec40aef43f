import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'
import { SoundcheckError } from '../../endpoint/index.ts'
import type { Step } from '../lane/lane-messages.ts'
import { chatBody, type Message, type Requests } from './requests.ts'

/** How callers and their platform behave; shares from 0 to 1, of all turns. */
export interface Habits {
  /** Between the end of an answer and the next thing the caller says. */
  readonly thinkMs?: number
  /** Turns for which half the sentence was sent ahead, and given up when the other half came. */
  readonly speculation?: number
  /** Turns in which the caller interrupts the answer. */
  readonly interruption?: number
  /** Turns after which the caller says nothing, which arrives as `...`. */
  readonly silence?: number
  /**
   * Whether the platform keeps no conversation: each turn after the first is sent with what is new
   * and the id of the answer before, in the Responses API. After an answer that did not come to a good
   * end, all is sent.
   */
  readonly chain?: boolean
}

/** A platform speaks up for a growing utterance about so often. */
const SPECULATION_MS = 150
/** Callers interrupt between these. */
const INTERRUPTION_MS = [300, 2_000] as const
const SILENCE = '...'

/**
 * Turns recorded conversations into scripts: a request for each thing the caller said, with all that
 * was said before. The same seed gives the same habits.
 *
 * @throws SoundcheckError when nobody says anything.
 */
export function conversationRequests(
  conversations: readonly (readonly Message[])[],
  habits: Habits = {},
  seed = 0,
): Requests {
  const { thinkMs = 0, speculation = 0, interruption = 0, silence = 0, chain = false } = habits
  const random = mersenne(seed)
  const happens = (share: number) => uniformFloat64(random) < share
  const bodies: object[] = []
  const add = (messages: readonly Message[]) => bodies.push(chatBody(messages)) - 1
  const scripts = conversations.map((messages) => {
    const steps: Step[] = []
    /** The turn before: its step, and how much had been said by then. */
    let last: { readonly step: number; readonly said: number } | undefined
    const step = (said: readonly Message[], pauseMs: number, cancelAfterMs: number | null) => {
      const whole = { body: add(said), pauseMs, cancelAfterMs }
      const goesOn =
        chain && last ? { from: last.step, body: add(newIn(said, last.said)) } : undefined
      return steps.push({ ...whole, ...(goesOn && { goesOn }) }) - 1
    }
    for (const [i, message] of messages.entries()) {
      if (message.role !== 'user') continue
      const before = messages.slice(0, i)
      const pauseMs = last ? thinkMs : 0
      const isSpeculative = happens(speculation)
      if (isSpeculative) {
        const half = { ...message, content: firstHalf(message.content) }
        step([...before, half], pauseMs, SPECULATION_MS)
      }
      const [least, most] = INTERRUPTION_MS
      const cancelAfterMs = happens(interruption)
        ? Math.round(least + uniformFloat64(random) * (most - least))
        : null
      const turn = step([...before, message], isSpeculative ? 0 : pauseMs, cancelAfterMs)
      last = { step: turn, said: i + 1 }
      if (happens(silence)) {
        const through = messages.slice(0, messages[i + 1]?.role === 'assistant' ? i + 2 : i + 1)
        step([...through, { role: 'user', content: SILENCE }], thinkMs, null)
      }
    }
    return steps
  })
  const spoken = scripts.filter((script) => script.length > 0)
  if (spoken.length === 0) {
    throw new SoundcheckError('INVALID_INPUT', 'in the conversations to replay, no user speaks')
  }
  return { bodies, scripts: spoken }
}

/**
 * What an endpoint that keeps its answers has to be told of what has been said: not what it said
 * itself, but the prompt, which is not carried over.
 */
function newIn(said: readonly Message[], known: number): Message[] {
  return said.filter(({ role }, i) =>
    i === 0 ? role === 'system' : i >= known && role !== 'assistant',
  )
}

function firstHalf(text: string): string {
  const words = text.split(' ')
  return words.slice(0, Math.ceil(words.length / 2)).join(' ')
}

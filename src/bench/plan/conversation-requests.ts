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
  const { thinkMs = 0, speculation = 0, interruption = 0, silence = 0 } = habits
  const random = mersenne(seed)
  const happens = (share: number) => uniformFloat64(random) < share
  const bodies: object[] = []
  const step = (messages: readonly Message[], pauseMs: number, cancelAfterMs: number | null) => {
    const body = bodies.push(chatBody(messages)) - 1
    return { body, pauseMs, cancelAfterMs }
  }
  const scripts = conversations.map((messages) =>
    messages.flatMap((message, i): Step[] => {
      if (message.role !== 'user') return []
      const before = messages.slice(0, i)
      const pauseMs = before.some(({ role }) => role === 'user') ? thinkMs : 0
      const steps: Step[] = []
      if (happens(speculation)) {
        const half = { ...message, content: firstHalf(message.content) }
        steps.push(step([...before, half], pauseMs, SPECULATION_MS))
      }
      const [least, most] = INTERRUPTION_MS
      const cancelAfterMs = happens(interruption)
        ? Math.round(least + uniformFloat64(random) * (most - least))
        : null
      steps.push(step([...before, message], steps.length > 0 ? 0 : pauseMs, cancelAfterMs))
      if (happens(silence)) {
        const through = messages.slice(0, messages[i + 1]?.role === 'assistant' ? i + 2 : i + 1)
        steps.push(step([...through, { role: 'user', content: SILENCE }], thinkMs, null))
      }
      return steps
    }),
  )
  const spoken = scripts.filter((script) => script.length > 0)
  if (spoken.length === 0) {
    throw new SoundcheckError('INVALID_INPUT', 'in the conversations to replay, no user speaks')
  }
  return { bodies, scripts: spoken }
}

function firstHalf(text: string): string {
  const words = text.split(' ')
  return words.slice(0, Math.ceil(words.length / 2)).join(' ')
}

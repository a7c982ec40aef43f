import { chat, responses } from '../../protocol/index.ts'
import type { CalibrationStamps } from './calibration-messages.ts'

/** How the calibration server writes an answer in some dialect; all of it is ASCII. */
export interface CalibrationEvents {
  /** A word, with what it tells of itself. */
  readonly word: (stamps: CalibrationStamps) => string
  /** The end of an answer of so many words. */
  readonly last: (words: number) => string
}

const inChunks: CalibrationEvents = {
  word: stamped(
    chunk({ choices: [{ index: 0, delta: { content: 'word ' }, finish_reason: null }] }),
  ),
  last: (words) =>
    [
      chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
      chunk({
        choices: [],
        usage: { prompt_tokens: 1, completion_tokens: words, total_tokens: words + 1 },
      }),
      `data: ${chat.terminator.data}\n\n`,
    ].join(''),
}

const inEvents: CalibrationEvents = {
  word: stamped(
    eventOf('response.output_text.delta', {
      item_id: 'm',
      output_index: 0,
      content_index: 0,
      delta: 'word ',
    }),
  ),
  last: (words) =>
    eventOf('response.completed', {
      response: {
        id: 'r',
        object: 'response',
        created_at: 0,
        model: 'c',
        status: 'completed',
        output: [],
        usage: { input_tokens: 1, output_tokens: words, total_tokens: words + 1 },
      },
    }),
}

/** Those of a dialect; one that the server cannot speak is measured in chat completions. */
export function calibrationEvents(dialect: string | undefined): CalibrationEvents {
  return dialect === responses.id ? inEvents : inChunks
}

/** Adds stamps to an event; nothing else is left to do between them and its sending. */
function stamped(event: string): CalibrationEvents['word'] {
  const opening = `${event.slice(0, event.lastIndexOf('}'))},"calibration":`
  return ({ rx, due, t }) => `${opening}{"rx":${rx},"due":${due},"t":${t}}}\n\n`
}

function chunk(rest: object): string {
  const envelope = { id: 'c', object: 'chat.completion.chunk', created: 0, model: 'c' }
  return `data: ${JSON.stringify({ ...envelope, ...rest })}\n\n`
}

function eventOf(type: string, rest: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`
}

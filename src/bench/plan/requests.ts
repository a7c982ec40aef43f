import { type JsonObject, withExtraBody } from '../../protocol/index.ts'
import type { Step } from '../lane/lane-messages.ts'

/** What will be asked: the bodies, and which of them follow each other. */
export interface Requests {
  readonly bodies: readonly object[]
  readonly scripts: readonly (readonly Step[])[]
}

export interface Message {
  readonly role: string
  readonly content: string
}

/** What callers ask, so that no cache answers for the model. */
const QUESTIONS = [
  'What time do you open on Saturday?',
  'Can I return a bag of coffee that I have opened?',
  'Which of your coffees is the least bitter?',
  'How long does delivery to the coast take?',
  'I would like to change the address of my order.',
  'Do you grind the beans before you ship them?',
  'What is the difference between the two subscriptions?',
  'My last order arrived damaged. What can you do?',
]
/** What an agent is told, where the user has nothing to tell it. */
export const SYSTEM_PROMPT =
  'You are Ava, the phone assistant of a small coffee roastery. You are heard, not read: answer in two or three short sentences of plain speech.'

/** A chat completion as a platform asks for it. */
export function chatBody(messages: readonly Message[]): object {
  return {
    model: 'custom-model',
    messages,
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0,
    max_tokens: 5_000,
  }
}

/** The same requests, with something sent along where ElevenLabs puts it. */
export function sendingAlong({ bodies, scripts }: Requests, extraBody: JsonObject): Requests {
  return {
    bodies: bodies.map((body) =>
      withExtraBody(body as JsonObject, extraBody, 'elevenlabs_extra_body'),
    ),
    scripts,
  }
}

/** One question a script, each answered with nothing before it but the system prompt. */
export function questionRequests(
  questions: readonly string[] = QUESTIONS,
  system: string = SYSTEM_PROMPT,
): Requests {
  return {
    bodies: questions.map((content) =>
      chatBody([
        { role: 'system', content: system },
        { role: 'user', content },
      ]),
    ),
    scripts: questions.map((_, body) => [{ body, pauseMs: 0, cancelAfterMs: null }]),
  }
}

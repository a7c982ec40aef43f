import {
  conversationRequests,
  type Habits,
  longPrompt,
  type Message,
  questionRequests,
  type Requests,
  SoundcheckError,
  SYSTEM_PROMPT,
} from '../../bench/index.ts'
import { validatorOf } from '../../protocol/index.ts'
import { type Kind, readJson } from './read-json.ts'
import { readSystemPrompt } from './read-system-prompt.ts'
import { readText } from './read-text.ts'

export interface RequestFlags {
  readonly prompts?: string
  readonly promptTokens?: number
  readonly system?: string
  readonly replay?: string
  readonly think: number
  readonly speculation: number
  readonly interruption: number
  readonly silence: number
  readonly chain?: true
  readonly seed: number
}

/**
 * What `bench` will ask: the questions or conversations of a file, or those built in.
 *
 * @throws SoundcheckError for a file that cannot be read, or says nothing.
 */
export async function readBenchRequests(flags: RequestFlags): Promise<Requests> {
  const { prompts, promptTokens, replay, think, seed } = flags
  if (replay !== undefined) {
    const habits: Habits = { ...flags, thinkMs: think }
    return conversationRequests(await readConversations(replay), habits, seed)
  }
  const prompt = flags.system === undefined ? SYSTEM_PROMPT : await readSystemPrompt(flags.system)
  const system = promptTokens === undefined ? prompt : await longPrompt(prompt, promptTokens, seed)
  if (prompts === undefined) return questionRequests(undefined, system)
  const questions = (await readText(prompts)).split(/\r?\n/).filter((line) => line.trim() !== '')
  if (questions.length > 0) return questionRequests(questions, system)
  throw new SoundcheckError('INVALID_INPUT', `"${prompts}" has no question; write one a line`)
}

const message = {
  type: 'object',
  required: ['role', 'content'],
  properties: { role: { type: 'string' }, content: { type: 'string' } },
} as const
const messages = { type: 'array', minItems: 1, items: message } as const
const CONVERSATIONS: Kind<Message[] | Message[][]> = {
  name: 'a conversation',
  violationsOf: validatorOf({
    anyOf: [messages, { type: 'array', minItems: 1, items: messages }],
  }),
  advice: 'write [{"role": "user", "content": "..."}, ...], or several of them in a list',
}

async function readConversations(file: string): Promise<Message[][]> {
  const list = await readJson(file, CONVERSATIONS)
  return Array.isArray(list[0]) ? (list as Message[][]) : [list as Message[]]
}

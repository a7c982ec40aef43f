import { readFile } from 'node:fs/promises'
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
import { parseJson, validatorOf } from '../../protocol/index.ts'
import { readSystemPrompt } from './read-system-prompt.ts'
import { whyNoAccess } from './why-no-access.ts'

export interface RequestFlags {
  readonly prompts?: string
  readonly promptTokens?: number
  readonly system?: string
  readonly replay?: string
  readonly think: number
  readonly speculation: number
  readonly interruption: number
  readonly silence: number
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
    return conversationRequests(conversationsOf(await read(replay), replay), habits, seed)
  }
  const prompt = flags.system === undefined ? SYSTEM_PROMPT : await readSystemPrompt(flags.system)
  const system = promptTokens === undefined ? prompt : await longPrompt(prompt, promptTokens, seed)
  if (prompts === undefined) return questionRequests(undefined, system)
  const questions = (await read(prompts)).split(/\r?\n/).filter((line) => line.trim() !== '')
  if (questions.length > 0) return questionRequests(questions, system)
  throw new SoundcheckError('INVALID_INPUT', `"${prompts}" has no question; write one a line`)
}

const message = {
  type: 'object',
  required: ['role', 'content'],
  properties: { role: { type: 'string' }, content: { type: 'string' } },
} as const
const messages = { type: 'array', minItems: 1, items: message } as const
const violationsOf = validatorOf({
  anyOf: [messages, { type: 'array', minItems: 1, items: messages }],
})

function conversationsOf(text: string, file: string): Message[][] {
  const json: unknown = parseJson(text)
  if (violationsOf(json).length > 0) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `"${file}" is no conversation; write [{"role": "user", "content": "..."}, ...], or several of them in a list`,
    )
  }
  const list = json as Message[] | Message[][]
  return Array.isArray(list[0]) ? (list as Message[][]) : [list as Message[]]
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new SoundcheckError('INVALID_INPUT', `cannot read "${file}": ${whyNoAccess(error)}`)
  })
}

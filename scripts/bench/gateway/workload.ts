import { requestBytes } from '../connection.ts'

/** How an upstream is to answer; it reads it in the words of the caller, which every gateway passes on. */
export interface Pace {
  readonly words: number
  /** Before the first word, and between two. */
  readonly gapMs: number
}

/** A request of about 1.3 kB, as an agent sends it; no two of callers with different numbers are the same. */
export function requestFor(
  { words, gapMs }: Pace,
  caller: number,
  headers: Readonly<Record<string, string>>,
): Buffer {
  const body = {
    model: 'custom-model',
    stream: true,
    temperature: 0,
    messages: [
      {
        role: 'system',
        content: `You are Ava, the voice of a shop. ${'Be brief and kind. '.repeat(50)}`,
      },
      {
        role: 'user',
        content: `This is caller ${caller}. Say ${words} words, one every ${gapMs} ms.`,
      },
    ],
  }
  return requestBytes(JSON.stringify(body), headers)
}

/** The pace that a request asks for. */
export function paceIn(body: string): Pace {
  const [, words, gapMs] = /Say (\d+) words, one every (\d+) ms/.exec(body)!
  return { words: Number(words), gapMs: Number(gapMs) }
}

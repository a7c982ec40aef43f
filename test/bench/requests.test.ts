import { describe, expect, test } from 'vitest'
import { conversationRequests, longPrompt, type Message } from '../../src/bench/index.ts'

const CALL: Message[] = [
  { role: 'system', content: 'You are Ava.' },
  { role: 'user', content: 'What time do you open?' },
  { role: 'assistant', content: 'At nine.' },
  { role: 'user', content: 'Thank you. Goodbye.' },
]

/** What is said last in each request of the first script, and when. */
function played(habits: Parameters<typeof conversationRequests>[1], seed = 0) {
  const { bodies, scripts } = conversationRequests([CALL], habits, seed)
  return scripts[0]!.map(({ body, pauseMs, cancelAfterMs }) => {
    const { messages } = bodies[body] as { messages: Message[] }
    return [messages.length, messages.at(-1)!.content, pauseMs, cancelAfterMs]
  })
}

describe('conversations', () => {
  test('each turn has all that was said before, after a pause to think', () => {
    expect(played({ thinkMs: 700 })).toEqual([
      [2, 'What time do you open?', 0, null],
      [4, 'Thank you. Goodbye.', 700, null],
    ])
  })

  test('a platform that speculates sends half ahead, and gives it up', () => {
    expect(played({ thinkMs: 700, speculation: 1 })).toEqual([
      [2, 'What time do', 0, 150],
      [2, 'What time do you open?', 0, null],
      [4, 'Thank you.', 700, 150],
      [4, 'Thank you. Goodbye.', 0, null],
    ])
  })

  test('a silent caller is three dots', () => {
    expect(played({ thinkMs: 700, silence: 1 })).toEqual([
      [2, 'What time do you open?', 0, null],
      [4, '...', 700, null],
      [4, 'Thank you. Goodbye.', 700, null],
      [5, '...', 700, null],
    ])
  })

  test('interruptions come where the seed says', () => {
    const interrupted = played({ interruption: 0.5 }, 7)
    expect(played({ interruption: 0.5 }, 7)).toEqual(interrupted)
    for (const [, , , cancelAfterMs] of played({ interruption: 1 })) {
      expect(cancelAfterMs).toBeGreaterThanOrEqual(300)
      expect(cancelAfterMs).toBeLessThanOrEqual(2_000)
    }
  })

  test('a platform that chains sends what is new, and the prompt, which is not carried over', () => {
    const { bodies, scripts } = conversationRequests([CALL], {
      chain: true,
      speculation: 1,
      silence: 1,
    })
    const saidIn = (body: number) =>
      (bodies[body] as { messages: Message[] }).messages.map(({ content }) => content)
    const turns = scripts[0]!.map(({ body, goesOn }) => [
      saidIn(body).length,
      goesOn && [goesOn.from, ...saidIn(goesOn.body)],
    ])
    // Nothing goes on from the answer to half a sentence, or to silence, which nobody would recall.
    expect(turns).toEqual([
      [2, undefined],
      [2, undefined],
      [4, [1, 'You are Ava.', '...']],
      [4, [1, 'You are Ava.', 'Thank you.']],
      [4, [1, 'You are Ava.', 'Thank you. Goodbye.']],
      [5, [4, 'You are Ava.', '...']],
    ])
  })

  test('somebody must speak', () => {
    expect(() => conversationRequests([CALL.slice(0, 1)])).toThrow('no user speaks')
  })
})

test('a prompt has the length that was asked for', async () => {
  const { encode } = await import('gpt-tokenizer/encoding/o200k_base')
  const prompt = await longPrompt('You are Ava.', 2_000, 1)
  expect(encode(prompt).length).toBeGreaterThan(1_980)
  expect(encode(prompt).length).toBeLessThan(2_080)
  expect(await longPrompt('You are Ava.', 2_000, 1)).toBe(prompt)
  expect(await longPrompt('You are Ava.', 2_000, 2)).not.toBe(prompt)
})

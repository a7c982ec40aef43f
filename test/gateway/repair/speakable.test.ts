import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Speakable } from '../../../src/gateway/repair/speakable.ts'

const tools = new Set(['end_call', 'lookup_order'])

/** What is heard of a text that comes in pieces. */
function hear(pieces: readonly string[], options: { isReasoning?: boolean } = {}) {
  const speakable = new Speakable({ tools, ...options })
  const heard = [...pieces.map((piece) => speakable.feed(piece)), speakable.end()]
  return {
    text: heard.map(({ text }) => text).join(''),
    reasoning: heard.map(({ reasoning }) => reasoning).join(''),
    calls: heard.flatMap(({ calls }) => calls),
    isBroken: speakable.hasBrokenCall,
  }
}

const call = (name: string, args: object) => ({ name, arguments: JSON.stringify(args) })
const bye = call('end_call', { reason: 'done' })

test.each([
  ['<think>They are cross.</think>Hello.', { text: 'Hello.', reasoning: 'They are cross.' }],
  ['Hello.<thinking>a < b</thinking> Bye.', { text: 'Hello. Bye.', reasoning: 'a < b' }],
  ['[THINK]Hm.[/THINK]Hello.', { text: 'Hello.', reasoning: 'Hm.' }],
  ['◁think▷Hm.◁/think▷Hello.', { text: 'Hello.', reasoning: 'Hm.' }],
  ['<think>It never ends', { text: '', reasoning: 'It never ends' }],
  [
    '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Hello.<|return|>',
    { text: 'Hello.', reasoning: 'Hm.' },
  ],
  ['Hello.<|im_end|>', { text: 'Hello.' }],
  ['<|im_start|>assistant\nHello.</s>', { text: 'Hello.' }],
  ['<s>[INST]Hello.[/INST]', { text: 'Hello.' }],
  ['Hello.<｜end▁of▁sentence｜>', { text: 'Hello.' }],
  ['Hello.<|im_en', { text: 'Hello.' }],
  ['<answer>Hello.</answer>', { text: 'Hello.' }],
  [
    '<tool_call>{"name": "end_call", "arguments": {"reason": "done"}}</tool_call>',
    { calls: [bye] },
  ],
  ['[TOOL_CALLS][{"name": "end_call", "arguments": {"reason": "done"}}]', { calls: [bye] }],
  ['<function=end_call>{"reason": "done"}</function>', { calls: [bye] }],
  ['<invoke name="end_call"><parameter name="reason">done</parameter></invoke>', { calls: [bye] }],
  ['```json\n{"name": "end_call", "arguments": {"reason": "done"}}\n```', { calls: [bye] }],
  ['Bye. {"name": "end_call", "arguments": {"reason": "done"}}', { text: 'Bye. ', calls: [bye] }],
  ['{"name": "end_call", "arguments": {"reason": "done"}', { calls: [bye] }],
  [
    '{"name":"end_call","arguments":{"reason":"done"}{"name":"lookup_order","arguments":{"id":1}',
    { calls: [bye, call('lookup_order', { id: 1 })] },
  ],
  ['<tool_call>end it</tool_call>', { isBroken: true }],
  ['{"name": "end_call", "arguments": {"rea', { isBroken: true }],
  // What is meant to be heard.
  ['3 < 5, and a <b> is bold.', { text: '3 < 5, and a <b> is bold.' }],
  ['{"name": "Ava", "age": 3}', { text: '{"name": "Ava", "age": 3}' }],
  ['Take [this] and {that}.', { text: 'Take [this] and {that}.' }],
  ['It costs <', { text: 'It costs <' }],
  ['Say `hi`.', { text: 'Say `hi`.' }],
])('of %j is heard what is meant to be', (text, expected) => {
  const whole = { text: '', reasoning: '', calls: [], isBroken: false, ...expected }
  expect(hear([text])).toEqual(whole)
  // However it is cut.
  expect(hear(Array.from(text))).toEqual(whole)
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      const pieces = places.slice(1).map((end, i) => text.slice(places[i], end))
      expect(hear(pieces)).toEqual(whole)
    }),
    { numRuns: 30 },
  )
})

test('reasoning that the prompt has opened is reasoning from the start', () => {
  expect(hear(['Hm. ', 'They', '</thi', 'nk>Hello.'], { isReasoning: true })).toMatchObject({
    reasoning: 'Hm. They',
    text: 'Hello.',
  })
})

test('a stray end of reasoning is told, and not heard', () => {
  const speakable = new Speakable({ tools })
  expect(speakable.feed('Hm.</think>Hello.').text).toBe('Hm.Hello.')
  expect(speakable.hasStrayEnd).toBe(true)
})

test('plain text is neither changed nor held back', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-zA-Z0-9 .,!?'"äöü中]{0,20}$/)), (pieces) => {
      const speakable = new Speakable({ tools })
      for (const piece of pieces) expect(speakable.feed(piece).text).toBe(piece)
    }),
  )
})

test('whatever comes, nothing is lost but what is taken out, and nothing throws', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z<>|{}[\]"/:,_ ]{0,12}$/), { maxLength: 12 }),
      (pieces) => {
        const { text, reasoning } = hear(pieces)
        expect(pieces.join('').length).toBeGreaterThanOrEqual(text.length + reasoning.length)
      },
    ),
  )
})

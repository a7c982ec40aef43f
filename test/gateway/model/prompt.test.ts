import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCallOptions } from '../../../src/gateway/upstream/model/to-call-options.ts'
import { withToolsAnswered } from '../../../src/gateway/upstream/model/to-prompt.ts'
import type { ChatRequest } from '../../../src/protocol/index.ts'
import { conversations, wordsIn } from '../../support/conversations.ts'

const TOOLS = [{ type: 'function', function: { name: 'look' } }]

const promptOf = (messages: object[], others: object = { tools: TOOLS }) =>
  toCallOptions({ model: 'm', messages, ...others } as unknown as ChatRequest).prompt

const user = (...said: string[]) => ({
  role: 'user',
  content: said.map((text) => ({ type: 'text', text })),
})
const assistant = (text: string) => ({ role: 'assistant', content: [{ type: 'text', text }] })
const calling = (id: string, input = '{}') => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, type: 'function', function: { name: 'look', arguments: input } }],
})
const result = (id: string, content: unknown) => ({ role: 'tool', tool_call_id: id, content })
const used = (toolCallId: string, input: object = {}) => ({
  type: 'tool-call',
  toolCallId,
  toolName: 'look',
  input,
})
const found = (toolCallId: string, value: string) => ({
  type: 'tool-result',
  toolCallId,
  toolName: 'look',
  output: { type: 'text', value },
})

describe('what a prompt makes of', () => {
  test.each<[string, object[], object[]]>([
    [
      'instructions anywhere',
      [
        { role: 'system', content: 'A' },
        user('hi'),
        { role: 'developer', content: [{ type: 'text', text: 'B' }] },
        { role: 'system', content: ' ' },
      ],
      [{ role: 'system', content: 'A\n\nB' }, user('hi')],
    ],
    [
      'an agent that speaks first',
      [assistant('Hello.')],
      [user('...'), assistant('Hello.'), user('...')],
    ],
    [
      'nothing but instructions',
      [{ role: 'system', content: 'A' }],
      [{ role: 'system', content: 'A' }, user('...')],
    ],
    [
      'a user who says nothing',
      [user('hi'), assistant('Yes?'), user(' ')],
      [user('hi'), assistant('Yes?'), user('...')],
    ],
    [
      'an assistant that said nothing',
      [user('a'), { role: 'assistant', content: null }, user('b')],
      [user('a\nb')],
    ],
    [
      'two turns of one role',
      [user('a'), user('b'), assistant('c'), assistant('d'), user('e')],
      [user('a\nb'), assistant('c\nd'), user('e')],
    ],
    ['a text in parts', [user('Hel', 'lo ', 'there')], [user('Hello there')]],
    [
      'what an assistant would not say',
      [user('a'), { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }, user('b')],
      [user('a'), assistant('No.'), user('b')],
    ],
    [
      'a call and its result',
      [user('a'), assistant('Wait.'), calling('x', '{"q":1}'), result('x', 'sky')],
      [
        user('a'),
        {
          role: 'assistant',
          content: [{ type: 'text', text: 'Wait.' }, used('call00001', { q: 1 })],
        },
        { role: 'tool', content: [found('call00001', 'sky')] },
      ],
    ],
    [
      'a result that comes late, and one that does not come',
      [user('a'), calling('x'), user('Hello?'), result('x', 'sky'), calling('y')],
      [
        user('a'),
        { role: 'assistant', content: [used('call00001')] },
        { role: 'tool', content: [found('call00001', 'sky')] },
        user('Hello?'),
        { role: 'assistant', content: [used('call00002')] },
        { role: 'tool', content: [found('call00002', 'no result')] },
      ],
    ],
    [
      'ids that come twice',
      [user('a'), calling('x'), result('x', 'one'), calling('x'), result('x', 'two')],
      [
        user('a'),
        { role: 'assistant', content: [used('call00001')] },
        { role: 'tool', content: [found('call00001', 'one')] },
        { role: 'assistant', content: [used('call00002')] },
        { role: 'tool', content: [found('call00002', 'two')] },
      ],
    ],
    [
      'calls that were made one by one',
      [user('a'), calling('x'), calling('y'), result('y', ''), result('x', 'one')],
      [
        user('a'),
        { role: 'assistant', content: [used('call00001')] },
        { role: 'tool', content: [found('call00001', 'one')] },
        { role: 'assistant', content: [used('call00002')] },
        { role: 'tool', content: [found('call00002', '...')] },
      ],
    ],
    ['a result that nobody asked for', [user('a'), result('z', 'sky')], [user('a\nsky')]],
    [
      'a function of before there were tools',
      [
        user('a'),
        { role: 'assistant', content: null, function_call: { name: 'look', arguments: '' } },
        { role: 'function', name: 'look', content: 'sky' },
      ],
      [
        user('a'),
        { role: 'assistant', content: [used('call00001')] },
        { role: 'tool', content: [found('call00001', 'sky')] },
      ],
    ],
  ])('%s', (_, messages, expected) => {
    expect(promptOf(messages)).toEqual(expected)
  })

  test.each([
    ['{"q":', { input: '{"q":' }],
    ['[1]', { input: [1] }],
    [' ', {}],
    ['[['.repeat(3000), { input: '[['.repeat(3000) }],
  ])('arguments that are no object: %.20s', (input, expected) => {
    const [, said] = promptOf([user('a'), calling('x', input), result('x', 'sky')])
    expect(said!.content).toEqual([used('call00001', expected)])
  })

  test('calls where no tools are offered: the user tells of them', () => {
    const messages = [user('a'), assistant('Wait.'), calling('x', '{"q":1}'), result('x', 'sky')]
    const told = [user('a'), assistant('Wait.'), user('look({"q":1}): sky')]
    expect(promptOf(messages, {})).toEqual(told)
    expect(promptOf(messages, { tools: TOOLS, tool_choice: 'none' })).toEqual(told)
  })

  test('pictures, sounds and files', () => {
    const shown = [
      { type: 'text', text: 'Look:' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      { type: 'image_url', image_url: { url: 'no url' } },
      { type: 'input_audio', input_audio: { data: 'aGk=', format: 'mp3' } },
      { type: 'file', file: { file_data: 'data:application/pdf;base64,aGk=', filename: 'a.pdf' } },
      { type: 'of_tomorrow' },
    ]
    expect(promptOf([{ role: 'user', content: shown }])[0]!.content).toEqual([
      { type: 'text', text: 'Look:' },
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'aGk=' } },
      {
        type: 'file',
        mediaType: 'image/*',
        data: { type: 'url', url: new URL('https://example.com/a.png') },
      },
      { type: 'text', text: 'no url' },
      { type: 'file', mediaType: 'audio/mpeg', data: { type: 'data', data: 'aGk=' } },
      {
        type: 'file',
        mediaType: 'application/pdf',
        filename: 'a.pdf',
        data: { type: 'data', data: 'aGk=' },
      },
    ])
  })

  test('a user who speaks right after a tool, where a model refuses that', () => {
    const prompt = promptOf([user('a'), calling('x'), result('x', 'sky'), user('b')])
    expect(prompt.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'user'])
    const answered = withToolsAnswered(prompt)
    expect(answered.slice(3)).toEqual([assistant('...'), user('b')])
    expect(withToolsAnswered(answered)).toEqual(answered)
  })
})

/** What providers, all of them together, ask of a prompt. */
function expectAcceptable(prompt: LanguageModelV4Prompt): void {
  const turns = prompt[0]!.role === 'system' ? prompt.slice(1) : prompt
  const roles = turns.map(({ role }) => role)
  expect(roles).not.toContain('system')
  expect(roles[0]).toBe('user')
  expect(['user', 'tool']).toContain(roles.at(-1))
  const ids = new Set<string>()
  for (const [i, turn] of turns.entries()) {
    expect(turn.content.length).toBeGreaterThan(0)
    expect(turn.role).not.toBe(turns[i + 1]?.role)
    for (const part of turn.content as { type: string; text?: string }[]) {
      if (part.type === 'text') expect(part.text!.trim()).not.toBe('')
    }
    if (turn.role === 'user') expect(turns[i + 1]?.role).not.toBe('tool')
    if (turn.role !== 'assistant') continue
    const calls = turn.content.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
    const next = turns[i + 1]!
    expect(next.role).toBe(calls.length > 0 ? 'tool' : 'user')
    if (calls.length === 0) continue
    const results = (next.content as { toolCallId: string }[]).map((part) => part.toolCallId)
    expect(results).toEqual(calls.map(({ toolCallId }) => toolCallId))
    for (const { toolCallId, input } of calls) {
      expect(toolCallId).toMatch(/^[a-zA-Z0-9]{9}$/)
      expect(ids).not.toContain(toolCallId)
      ids.add(toolCallId)
      expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
    }
  }
}

describe('whatever was said', () => {
  test.each([
    ['tools are offered', { tools: TOOLS }],
    ['none are', {}],
  ])('no word of it is lost, and every provider takes it, where %s', (_, others) => {
    fc.assert(
      fc.property(conversations, (said) => {
        const prompt = promptOf(said, others)
        const kept = JSON.stringify(prompt)
        for (const each of wordsIn(said)) expect(kept).toContain(each)
        expectAcceptable(prompt)
      }),
      { numRuns: 1000 },
    )
  })

  test('a longer conversation begins with the shorter one, whose cached prompt counts', () => {
    const whole = promptOf([user('a'), calling('x'), result('x', 'sky'), assistant('b'), user('c')])
    const before = promptOf([user('a'), calling('x'), result('x', 'sky')])
    expect(whole.slice(0, before.length)).toEqual(before)
  })
})

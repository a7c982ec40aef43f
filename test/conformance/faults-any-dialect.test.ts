import { expect, test } from 'vitest'
import { editorsIn } from '../../src/conformance/faults/index.ts'
import { type Call, chat, type Dialect, type Piece } from '../../src/protocol/index.ts'
import { eventStreamReply, type Frame } from '../../src/wire/index.ts'

/** Says `{"say": [text]}`, `{"tool", "with"}` and `{"over": reason}`, up to an event `bye`. */
const telegram: Dialect = {
  ...chat,
  path: '/telegrams',
  terminator: { event: 'bye' },
  inChatWords: ({ skills = [] }) => ({ tools: [{ function: skills }] }),
  readReply(events) {
    const terminator = events.findIndex(({ name }) => name === 'bye')
    const calls: (Call & { arguments: string })[] = []
    const pieces = events.slice(0, terminator).map(({ data }, event): Piece => {
      const { say, tool: name, with: args, over: reason } = JSON.parse(data)
      const at = { choice: 0, event }
      if (say) return { ...at, kind: 'text', path: '/say/0', text: say[0] }
      const broken = { isLimit: false, isFailure: false }
      if (reason) return { ...at, kind: 'finish', path: '/over', reason, ...broken }
      const spot = { event, path: '/with' }
      if (name) calls.push({ id: '', name, arguments: '', opening: spot, latest: spot })
      calls.at(-1)!.arguments += args
      return { ...at, ...spot, kind: 'call', call: calls.at(-1)! }
    })
    return {
      id: undefined,
      pieces,
      choices: [],
      calls,
      parts: pieces.length,
      terminator,
      excess: undefined,
    }
  },
}

const SAID = [
  { say: ['Hi'] },
  { say: [' there'] },
  { tool: 'go', with: 'no' },
  { with: 'rth' },
  { over: 'stop' },
]
const REPLY = eventStreamReply([
  ...SAID.map((said, i): Frame => ({ kind: 'event', atMs: i, data: JSON.stringify(said) })),
  { kind: 'event', atMs: 9, event: 'bye', data: '{}' },
])
const COMMENT = { kind: 'comment', atMs: 9, text: '' } as const

const to = editorsIn([chat, telegram])

test.each([
  ['texts', to.editText((text) => [text.length]), '2|6|go:no|rth|stop|'],
  ['a first text', to.sayFirst('Oh', '. '), 'Oh|. |Hi| there|go:no|rth|stop|'],
  ['arguments', to.editArguments((a, as) => [a, as?.['type']]), 'Hi| there|go:north:date||stop|'],
  ['an end', to.editFinishReason((reason) => reason.length), 'Hi| there|go:no|rth|4|'],
  ['more', to.insertAfterDone(COMMENT), 'Hi| there|go:no|rth|stop||comment'],
])('%s in a dialect of another form', (_, fault, said) => {
  const body = JSON.stringify({ skills: { name: 'go', parameters: { type: 'date' } } })
  const answer = (path: string) =>
    fault(REPLY, { method: 'POST', url: `http://localhost/v1${path}?a=b`, headers: [], body })
  expect(answer(telegram.path).frames.map(valuesIn).join('|')).toBe(said)
  expect(answer('/models')).toEqual(REPLY)
})

function valuesIn(frame: Frame): string {
  return frame.kind === 'event'
    ? Object.values(JSON.parse(frame.data)).flat(2).join(':')
    : frame.kind
}

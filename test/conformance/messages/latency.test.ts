import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/conformance/index.ts'
import type { JsonObject } from '../../../src/protocol/index.ts'
import type { End, Exchange, Header } from '../../../src/wire/index.ts'
import { bytes } from '../../support/bytes.ts'
import { CALL, chunk, exchange, ROLE, said, STOP, stream } from '../../support/said.ts'

type Timed = readonly [atMs: number, ...data: string[]]

const say = (content: string) => chunk({ delta: { content } })
const call = (fragment: JsonObject) => chunk({ delta: { tool_calls: [{ index: 0, ...fragment }] } })
const OPENING = call({ ...CALL, function: { name: 'end_call', arguments: '' } })
const ARGUMENTS = call({ function: { arguments: '{}' } })

/** A reply to a probe whose events came at these times, and which ended with the last of them. */
function timed(events: readonly Timed[], more: Partial<Exchange> = {}): Exchange {
  return exchange({
    probe: 'streamed-story',
    arrivals: events.map(([atMs, ...data]) => ({
      atMs,
      bytes: bytes(data[0]?.startsWith(':') ? `${data[0]}\n\n` : stream(...data)),
    })),
    end: { how: 'complete', atMs: events.at(-1)![0] },
    ...more,
  })
}

/** A story whose words came at these times; `tools` are offered, or none. */
function story(timeOf: (i: number) => number, more: Partial<Exchange> = {}, tools: unknown[] = []) {
  const words = Array.from({ length: 20 }, (_, i): Timed => [timeOf(i), say(` word${i}`)])
  return timed([[5, ROLE], ...words, [timeOf(20), STOP, '[DONE]']], {
    request: {
      method: 'POST',
      url: 'https://api.example.com/v1',
      headers: [],
      body: JSON.stringify({ stream: true, tools, story: true }),
    },
    ...more,
  })
}

function result(id: string, ...exchanges: Exchange[]) {
  const saved = exchanges.map((each, i) => ({ file: `run/${i}.json`, exchange: each }))
  return lint(saved, { only: [id] }).files.map(({ checks }) => checks[0]!)
}

describe('first content', () => {
  test.each<[number, string[]]>([
    [900, []],
    [
      1_200,
      [
        'warning: The first content came after 1200 ms: so long is the 95th percentile of 1 replies.',
      ],
    ],
    [
      3_999,
      [
        'warning: The first content came after 3999 ms: so long is the 95th percentile of 1 replies.',
      ],
    ],
    [4_000, ['error: The first content came after 4000 ms; until then nothing came.']],
  ])('after %i ms', (atMs, messages) => {
    expect(said('latency/first-content', timed([[atMs, ROLE, say(' '), STOP, '[DONE]']]))).toEqual(
      messages,
    )
  })

  test('counts tool calls, and the slowest of few', () => {
    const slow = timed([[1_500, OPENING, ARGUMENTS, STOP, '[DONE]']])
    const fast = timed([[20, say('Hi.'), STOP, '[DONE]']])
    const [first, second] = result('latency/first-content', fast, slow)
    expect(first!.findings).toEqual([])
    expect(second!.findings[0]).toMatchObject({
      message: 'The first content came after 1500 ms: so long is the 95th percentile of 2 replies.',
      actual: 'first byte 1500 ms, first content 1500 ms, tool call 1500 ms, end 1500 ms',
    })
  })

  test('is not judged where none came', () => {
    const [none] = result('latency/first-content', timed([[5_000, ROLE, STOP, '[DONE]']]))
    expect(none).toMatchObject({ status: 'skip', reason: 'no reply has text or calls a tool' })
  })
})

describe('what fills the wait', () => {
  const thought = chunk({ delta: { reasoning_content: 'Hm.' } })
  const azure = JSON.stringify({ id: 'a', choices: [] })

  test('is named', () => {
    const waiting = timed([
      [5, ': ping'],
      [10, azure],
      [20, ROLE],
      [1_000, thought],
      [2_000, thought],
      [3_000, say('')],
      [4_100, say('Hi.'), STOP, '[DONE]'],
    ])
    expect(said('latency/keepalive-only', waiting)).toEqual([
      'error: For 4100 ms no content came, only 1 x comment, 1 x chunk without a delta, 1 x role, 2 x reasoning, 1 x empty delta.',
    ])
  })

  test('is named where content never came', () => {
    const end: End = { how: 'timeout', atMs: 20_000 }
    expect(said('latency/keepalive-only', timed([[5, ': ping']], { end }))).toEqual([
      'error: For 20000 ms no content came, only 1 x comment.',
    ])
  })

  test.each<[string, Exchange]>([
    ['nothing came at all', timed([[4_100, say('Hi.'), STOP, '[DONE]']])],
    [
      'content came in time',
      timed([
        [5, ': ping'],
        [3_900, say(' ')],
        [9_000, STOP, '[DONE]'],
      ]),
    ],
    ['the client hung up', timed([[5, ROLE]], { end: { how: 'aborted', atMs: 9_000 } })],
  ])('is no matter where %s', (_, seen) => {
    expect(said('latency/keepalive-only', seen)).toEqual([])
  })
})

describe('the first sentence', () => {
  const spoken = (begins: number, ends: number) =>
    timed([
      [begins, ROLE, say('Well')],
      [ends, say('. '), say('So.')],
      [ends + 10, STOP, '[DONE]'],
    ])

  test.each<[number, number, string[]]>([
    [100, 2_500, []],
    [
      100,
      2_600,
      [
        'warning: The first sentence was whole after 2600 ms, although text had begun to come after 100 ms.',
      ],
    ],
    [
      3_000,
      5_000,
      [
        'error: The first sentence was whole after 5000 ms, although text had begun to come after 3000 ms.',
      ],
    ],
  ])('begun after %i ms, whole after %i ms', (begins, ends, messages) => {
    expect(said('latency/first-sentence', spoken(begins, ends))).toEqual(messages)
  })

  test.each([
    ['already the first content was that late', spoken(2_700, 2_800)],
    ['already the first content was that late', spoken(5_100, 5_200)],
    [
      'the text has no words',
      timed([
        [5, say('...')],
        [9_000, STOP, '[DONE]'],
      ]),
    ],
  ])('is not judged: %s', (reason, seen) => {
    expect(result('latency/first-sentence', seen)[0]).toMatchObject({ status: 'skip', reason })
  })
})

describe('the flow', () => {
  test('of a voice that has enough to say while it waits', () => {
    const text = 'This sentence takes the voice about three seconds. '
    const seen = timed([
      [5, say(text)],
      [2_000, say('So.'), STOP, '[DONE]'],
    ])
    expect(said('latency/speech-underrun', seen)).toEqual([])
    expect(said('latency/max-gap', seen)).toEqual([
      'warning: Between two pieces of text 1995 ms passed.',
    ])
  })

  test('of text that stops for a call', () => {
    const seen = timed([
      [5, say('One moment. ')],
      [2_900, OPENING, ARGUMENTS],
      [2_900, STOP, '[DONE]'],
    ])
    expect(said('latency/max-gap', seen)).toEqual([])
    expect(said('latency/speech-underrun', seen)).toEqual([])
  })
})

describe('the end', () => {
  test.each<[End['how'], Timed, string[]]>([
    ['complete', [20_000, STOP, '[DONE]'], ['error: The reply took 20000 ms.']],
    ['complete', [19_000, STOP, '[DONE]'], []],
    ['held-open', [19_000, STOP, '[DONE]'], []],
    ['timeout', [19_500, say('on')], ['error: After 20500 ms the reply was still coming.']],
  ])('%s: %o', (how, last, messages) => {
    const end = { how, atMs: how === 'complete' ? last[0] : 20_499 } as End
    expect(said('latency/total', timed([[5, say('On and ')], last], { end }))).toEqual(messages)
  })

  test('of a reply that came to a halt', () => {
    const halted = timed([[5, say('On and ')]], { end: { how: 'timeout', atMs: 20_000 } })
    const [check] = result('latency/total', halted)
    expect(check).toMatchObject({ status: 'skip', reason: 'the reply had come to a halt' })
  })
})

describe('a reply that came at once', () => {
  const late = (i: number) => 2_000 + i
  const early = (i: number) => 100 + i

  test('may be that of a fast model, where it stands alone', () => {
    expect(said('latency/buffered', story(late))).toEqual([
      'warning: The reply was held back: of 20 deltas the first came after 2000 ms, the last after 2019 ms. Or the model starts late, and is very fast.',
    ])
  })

  test('is that of a fast model, where short replies start as late', () => {
    const short = timed([[1_900, say('Hi.'), STOP, '[DONE]']])
    for (const { findings } of result('latency/buffered', short, story(late))) {
      expect(findings).toEqual([])
    }
  })

  test('was held back, where short replies start early', () => {
    const short = timed([[90, say('Hi.'), STOP, '[DONE]']])
    const [, held] = result('latency/buffered', short, story(late))
    expect(held!.findings.map(({ severity }) => severity)).toEqual(['error'])
  })

  const short = (atMs: number) => timed([[atMs, say('Hi.'), STOP, '[DONE]']])
  const buffered = (...exchanges: Exchange[]) =>
    result('latency/buffered', ...exchanges).flatMap(({ findings }) =>
      findings.map(({ severity, message }) => `${severity}: ${message}`),
    )

  test('was cut up, where its deltas are spread over time', () => {
    const spread = story((i) => 4_000 + 30 * i)
    expect(buffered(short(90), spread)).toEqual([
      'error: The reply was held back: of 20 deltas the first came after 4000 ms, the last after 4570 ms. They are spread over time, as those of a whole completion that is cut up are.',
    ])
    const [, held] = result('latency/buffered', short(90), spread)
    expect(held!.advice!.fix).toMatch(/^Ask the model behind the endpoint for a stream/)
    const [, atOnce] = result('latency/buffered', short(90), story(late))
    expect(atOnce!.advice!.fix).toMatch(/^Flush after every event/)
  })

  test('was cut up afterwards, where every reply did', () => {
    const told =
      'warning: All 3 long replies came late and at once, such as 20 deltas within 19 ms after 2000 ms: either each is awaited whole, or something delays a very fast model.'
    const second = story((i) => 1_500 + i / 2)
    expect(buffered(story(late), second, second)).toEqual([told])
    expect(buffered(short(1_400), story(late), second, second)).toEqual([told])
  })

  test.each<[string, Exchange[]]>([
    ['all are short', [short(2_000), short(2_000), short(1_500)]],
    ['all came at once', [story(early), story(early), story(early)]],
    ['one was remembered', [story(early), story((i) => 300 + i), short(5)]],
    ['the model takes its time for each', [story((i) => 2_000 + 5 * i), story((i) => 1_900 + i)]],
    ['a short one began early', [story((i) => 1_000 + i), story((i) => 1_050 + i), short(790)]],
  ])('was not cut up afterwards, where %s', (_, exchanges) => {
    expect(buffered(...exchanges)).toEqual([])
  })

  test('but for its first words', () => {
    expect(
      said(
        'latency/buffered',
        story((i) => (i === 0 ? 10 : 2_000)),
      ),
    ).toEqual(['warning: Of 20 deltas 19 came at once; the last of all after 2000 ms.'])
  })

  test('is short, or was thought over in the open', () => {
    expect(said('latency/buffered', story(early))).toEqual([])
    const thought = Array.from({ length: 30 }, (_, i): Timed => [
      i * 100,
      chunk({ delta: { reasoning: 'Hm.' } }),
    ])
    const words = Array.from({ length: 10 }, (_, i): Timed => [3_000 + i * 10, say(' so')])
    expect(
      said('latency/buffered', timed([...thought, ...words, [3_200, STOP, '[DONE]']])),
    ).toEqual([])
  })

  test.each<[string, Header, boolean]>([
    ['nginx', ['server', 'nginx/1.22.1'], true],
    ['OpenResty', ['Via', '1.1 openresty'], true],
    ['something else', ['server', 'uvicorn'], false],
  ])('through %s', (_, header, isHinted) => {
    const response = {
      status: 200,
      statusText: 'OK',
      headers: [['content-type', 'text/event-stream'] as const, header],
      atMs: 1,
    }
    const [seen] = result('latency/buffered', story(late, { response }))
    expect(seen!.findings[0]!.expected.includes('X-Accel-Buffering: no')).toBe(isHinted)
  })
})

describe('tools', () => {
  const TOOLS = [{ type: 'function', function: { name: 'end_call' } }]
  const steady = (i: number) => 100 * i
  const probe = 'streamed-story'

  test.each<[string, Exchange[]]>([
    ['there are no two texts to compare: with tools and without', [story(steady, { probe })]],
    [
      'the reply with tools came compressed, which may hold it back as well',
      [
        story(steady, { probe }),
        story(
          () => 2_000,
          {
            probe,
            response: {
              status: 200,
              statusText: 'OK',
              headers: [
                ['content-type', 'text/event-stream'],
                ['content-encoding', 'gzip'],
              ],
              atMs: 1,
            },
            decoded: story(() => 2_000).arrivals,
          },
          TOOLS,
        ),
      ],
    ],
  ])('are not judged: %s', (reason, exchanges) => {
    for (const check of result('latency/tools-buffered', ...exchanges)) {
      expect(check).toMatchObject({ status: 'skip', reason })
    }
  })

  test('that are called late are whole late', () => {
    const slow = timed([[3_500, OPENING, ARGUMENTS, STOP, '[DONE]']])
    expect(result('latency/tool-call-ready', slow)[0]).toMatchObject({
      status: 'skip',
      reason: 'already the first content was that late',
    })
  })
})

describe('a cold start', () => {
  const after = (seconds: number, atMs: number) =>
    timed([[atMs, say('Hi.'), STOP, '[DONE]']], { startedAt: `2026-01-01T12:00:0${seconds}.000Z` })

  test.each<[string, number[], number]>([
    ['is told by time, not by place', [200, 1_300, 300, 250], 1],
    ['is no matter where it is quick', [200, 900, 300, 250], 0],
    ['is no matter where all are slow', [600, 1_300, 700, 650], 0],
  ])('%s', (_, [second, first, third, fourth], found) => {
    const run = [after(2, second!), after(1, first!), after(3, third!), after(4, fourth!)]
    const findings = result('latency/cold-start', ...run).flatMap((each) => each.findings)
    expect(findings.map(({ severity }) => severity)).toEqual(found ? ['warning'] : [])
  })

  test('needs others to compare with', () => {
    expect(result('latency/cold-start', after(1, 3_000))[0]).toMatchObject({
      status: 'skip',
      reason: 'there are too few replies to compare the first one with',
    })
  })
})

describe('a buffer that is passed on when it is full', () => {
  const body = stream(
    ROLE,
    say('One. '),
    say('Two. '),
    say('Three. '),
    say('Four. '),
    STOP,
    '[DONE]',
  )
  const cut = (atMs: (i: number) => number, ...ends: number[]) =>
    timed([[0, ROLE]], {
      arrivals: [...ends, body.length].map((end, i) => ({
        atMs: atMs(i),
        bytes: bytes(body.slice(ends[i - 1] ?? 0, end)),
      })),
      end: { how: 'complete', atMs: 900 },
    })
  const boundary = body.indexOf('data:', 10)

  test.each<[string, Exchange, number]>([
    ['cuts events', cut((i) => i * 100, 90, 190, 290, 390), 1],
    ['is not the network, which cuts them for moments', cut((i) => i * 10, 90, 190, 290, 390), 0],
    ['is not a packet that was lost', cut((i) => i * 100, 90, boundary), 0],
  ])('%s', (_, seen, count) => {
    expect(said('latency/buffered', seen)).toHaveLength(count)
  })
})

describe('told once', () => {
  const told = (...exchanges: Exchange[]) => {
    const saved = exchanges.map((each, i) => ({ file: `run/${i}.json`, exchange: each }))
    return lint(saved, { only: ['latency', 'voice', 'stream', 'transport/body-complete'] })
      .files.flatMap(({ checks }) => checks)
      .flatMap(({ id, findings }) => findings.map(({ severity }) => `${severity} ${id}`))
  }
  const quick = timed([[20, ROLE, say('Hi.'), STOP, '[DONE]']], {
    startedAt: '2026-01-02T12:00:00Z',
  })

  test.each<[string, Exchange[], string[]]>([
    [
      'a cold start',
      [timed([[1_500, ROLE, say('Hi.'), STOP, '[DONE]']]), quick, quick, quick],
      ['warning latency/cold-start'],
    ],
    [
      'a wait that is filled',
      [
        timed([
          [5, ROLE],
          [4_100, say('Hi.'), STOP, '[DONE]'],
        ]),
      ],
      ['error latency/keepalive-only'],
    ],
    [
      'a gap that can be heard',
      [
        timed([
          [5, say('Well. ')],
          [2_000, say('Hi.'), STOP, '[DONE]'],
        ]),
      ],
      ['warning latency/max-gap'],
    ],
    [
      'a reply that is too long',
      [
        timed(
          Array.from({ length: 39 }, (_, i): Timed => [i * 500, say('so '.repeat(9))]),
          {
            end: { how: 'timeout', atMs: 20_000 },
          },
        ),
      ],
      ['error latency/total'],
    ],
    [
      'thoughts alone',
      [timed([[5, ROLE, chunk({ delta: { reasoning: 'Hm.' } }), STOP, '[DONE]']])],
      ['error voice/reasoning-only'],
    ],
  ])('%s', (_, exchanges, ids) => {
    expect(told(...exchanges)).toEqual(ids)
  })
})

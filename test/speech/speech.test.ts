import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countBufferWords,
  parseSpeechRule,
  playOut,
  type SpeakableUnit,
  speakableUnits,
  speechRules,
  spokenPart,
  type TextPiece,
} from '../../src/speech/index.ts'
import { characterCounter, countCharacters } from '../../src/speech/count-characters.ts'
import { streams } from './streams.ts'
import { cpuMs } from '../support/cpu-ms.ts'

const SENTENCE = speechRules['elevenlabs-sentence']

describe.each(streams)('$name', (stream) => {
  const pieces = stream.pieces.map(([atMs, text]): TextPiece => ({ atMs, text }))
  const rule = parseSpeechRule(stream.rule ?? 'elevenlabs-sentence')!
  const units = speakableUnits(pieces, rule, stream.endMs ?? undefined)

  test('units', () => {
    expect(units.map(({ confirmedAtMs, text }) => [confirmedAtMs, text])).toEqual(stream.units)
  })

  test('dead air', () => {
    const { ttsDelayMs = 0 } = stream
    const playout = playOut(units, { charactersPerSecond: 10, ttsDelayMs })
    const silences = playout.silences.map(({ atMs, durationMs }) => [atMs, durationMs])
    expect(silences).toEqual(stream.silences)
    expect(playout.deadAirMs).toBe(stream.silences.reduce((sum, [, ms]) => sum + ms, 0))
    // Voice and silence take turns from the first sound to the last.
    const endOf = ({ atMs, durationMs }: { atMs: number; durationMs: number }) => atMs + durationMs
    expect(playout.spoken.slice(1).map(({ atMs }) => atMs)).toEqual(playout.silences.map(endOf))
    expect(playout.spoken.slice(0, -1).map(endOf)).toEqual(silences.map(([atMs]) => atMs))
  })
})

test('at 15 characters a second, unless told otherwise', () => {
  const units: SpeakableUnit[] = [{ text: 'x'.repeat(30), startsAtMs: 0, confirmedAtMs: 100 }]
  const spoken = [{ atMs: 100, durationMs: 2_000 }]
  expect(playOut(units)).toEqual({ spoken, silences: [], deadAirMs: 0 })
  expect(playOut([])).toEqual({ spoken: [], silences: [], deadAirMs: 0 })
})

test('a unit starts when its first character arrives', () => {
  const pieces = ['Hi. ', ' ', 'I am', ' Ava'].map((text, i) => ({ text, atMs: i * 10 }))
  expect(speakableUnits(pieces, SENTENCE, 99).map((unit) => unit.startsAtMs)).toEqual([0, 20])
})

const WORDS = [
  'Dr.',
  'No.',
  '5',
  '3.',
  'p.m.',
  'U.S.',
  'go.',
  'Stop!',
  '"Hi."',
  '你好。',
  '…',
  'a,',
]
/** What a search waits with, or counts, in lengths that it need not keep. */
const RUNS = [
  '.',
  '?!',
  '。',
  '，',
  ')"',
  ' ',
  '\n',
  ' \n',
  'x',
  '1',
  '你',
  '\u0301',
  '👨\u200d',
  '🇩🇪',
]
const prose = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(' ', '', '\n', '  ')),
      fc
        .tuple(fc.constantFrom(...RUNS), fc.integer({ min: 1, max: 50 }))
        .map(([run, n]) => run.repeat(n)),
    ),
    { maxLength: 12 },
  )
  .map((words) => words.flat().join(''))

test('a run of marks may be of any length', () => {
  const text = `Yes${'。'.repeat(8_000_000)} No`
  expect(speakableUnits([{ text, atMs: 0 }], SENTENCE, 1)).toHaveLength(2)
})

test('characters are those of Unicode, whatever stands beside them', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
  const miscounted: string[] = []
  for (let code = 0; code <= 0xffff; code++) {
    const each = String.fromCharCode(code)
    for (const text of [`a${each}`, `${each}语`, each + each]) {
      if (countCharacters(text) !== [...segmenter.segment(text)].length) miscounted.push(text)
    }
  }
  expect(miscounted).toEqual([])
})

test('of an endless answer, two hours are looked at as speech', () => {
  const piece = { text: '😀 '.repeat(10_000), atMs: 1 }
  const short = [piece, piece]
  expect(spokenPart(short)).toEqual(short)
  const part = spokenPart(Array.from({ length: 9 }, () => ({ ...piece, text: `a${piece.text}` })))
  const text = part.map((each) => each.text).join('')
  expect(text.length).toBeGreaterThan(99_990)
  expect(text.length).toBeLessThanOrEqual(100_000)
  expect(text.isWellFormed()).toBe(true)
})

test('characters are the same, counted in one piece or in many', () => {
  fc.assert(
    fc.property(prose, (text) => {
      const count = characterCounter()
      const parts = text.split('')
      expect(parts.map(count)).toEqual(parts.map((_, i) => countCharacters(text.slice(0, i + 1))))
    }),
  )
})

/** Nothing ends in them, or hardly anything. */
const ENDLESS = ['word ', '1.', '.', '...a', '。', ' ', '\n', 'Mr.\n', '\u0301', '🇩🇪']

describe.each([...Object.keys(speechRules), 'chars:99999'])('%s', (name) => {
  test.each(ENDLESS)('8,000 pieces of %j take time linear in their number', (part) => {
    const rule = parseSpeechRule(name)!
    const piece = part.repeat(Math.ceil(250 / part.length))
    const pieces = Array.from({ length: 8_000 }, () => piece)
    const start = cpuMs()
    for (const texts of [pieces, [pieces.join('')]]) {
      speakableUnits(
        ['x', ...texts].map((text) => ({ text, atMs: 0 })),
        rule,
      )
    }
    // Read again for each piece, they would take ten seconds or more.
    expect(cpuMs() - start).toBeLessThan(5_000)
  })
})

describe.each(Object.entries(speechRules))('%s', (_, rule) => {
  test.each(['Mr. ', 'Mr. ü ', '."."', '\n', '1'])(
    'a long text of %j is looked through once',
    (part) => {
      const parts = Array.from({ length: 20_000 }, () => part)
      const start = cpuMs()
      for (const pieces of [[parts.join('').repeat(5)], parts]) {
        const texts = ['x', ...pieces, 'x'].map((text) => ({ text, atMs: 0 }))
        expect(speakableUnits(texts, rule).length).toBeLessThan(3)
      }
      // Looked through again for each mark, it would take a minute or more.
      expect(cpuMs() - start).toBeLessThan(10_000)
    },
  )

  const textsOf = (pieces: string[]) =>
    speakableUnits(
      pieces.map((text, i) => ({ text, atMs: i })),
      rule,
      pieces.length,
    )

  test('where pieces are split never changes the units', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const whole = textsOf([text]).map((unit) => unit.text)
        expect(textsOf(text.split('')).map((unit) => unit.text)).toEqual(whole)
      }),
    )
  })

  test('a unit is confirmed by the piece with which it is found in the text so far', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const pieces = text.split('').map((each, atMs) => ({ text: each, atMs }))
        const units = speakableUnits(pieces, rule)
        for (let atMs = 0; atMs < pieces.length; atMs++) {
          const soFar = speakableUnits([{ text: text.slice(0, atMs + 1), atMs }], rule)
          expect(units.filter(({ confirmedAtMs }) => confirmedAtMs <= atMs)).toHaveLength(
            soFar.length,
          )
        }
      }),
    )
  })

  test('what is confirmed is never taken back, and in order', () => {
    fc.assert(
      fc.property(prose, prose, (text, more) => {
        const begun = speakableUnits([{ text, atMs: 0 }], rule)
        const whole = speakableUnits([{ text: text + more, atMs: 0 }], rule)
        expect(whole.slice(0, begun.length)).toEqual(begun)
      }),
    )
  })
})

test.each([
  [['... ', 'Yes'], 1],
  [['Let me see... ', 'Yes'], 1],
  [['Let me see… ', '\n'], 0],
  [['Let', ' me', ' see', '... ', 'Yes'], 4],
  [['... ', 'hm, ', 'well... ', 'Yes'], 3],
  [['Hmm...', 'Yes'], 1],
  [['Well', '...', ' it', ' depends'], 0],
  [['Yes. Hold on... ', 'It is'], 0],
  [['Yes'], 0],
  [['... '], 0],
  [[], 0],
])('of %j, the first %i are buffer words', (texts, count) => {
  expect(countBufferWords(texts.map((text) => ({ text })))).toBe(count)
})

test('rules by name', () => {
  expect(parseSpeechRule('chars:120')).toEqual({ unit: 'characters', count: 120 })
  for (const name of ['chars:0', 'chars:', 'nonsense', 'toString']) {
    expect(parseSpeechRule(name)).toBeUndefined()
  }
})

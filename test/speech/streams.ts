type Timed = readonly [atMs: number, text: string]

/** A streamed answer, and what was computed by hand for it, at 10 characters a second. */
export interface HandComputed {
  readonly name: string
  /** `elevenlabs-sentence` when absent. */
  readonly rule?: string
  readonly pieces: readonly Timed[]
  /** `null`: the answer broke off. */
  readonly endMs: number | null
  readonly ttsDelayMs?: number
  /** When each unit was confirmed. */
  readonly units: readonly Timed[]
  readonly silences: readonly (readonly [atMs: number, durationMs: number])[]
}

export const streams: readonly HandComputed[] = [
  {
    name: 'one burst',
    pieces: [[100, 'Hello there. How are you?']],
    endMs: 120,
    units: [
      [100, 'Hello there.'],
      [120, 'How are you?'],
    ],
    silences: [],
  },
  {
    name: 'token by token: the next token proves the end, not the mark',
    pieces: [
      [100, 'Hel'],
      [120, 'lo'],
      [140, '.'],
      [160, ' I'],
      [180, "'m Ava"],
      [200, '.'],
    ],
    endMs: 220,
    units: [
      [160, 'Hello.'],
      [220, "I'm Ava."],
    ],
    // 6 characters last to 760; the rest was there.
    silences: [],
  },
  {
    name: 'a stall between sentences',
    pieces: [
      [100, 'Wait. '],
      [1_500, 'Done. '],
    ],
    endMs: 1_510,
    units: [
      [100, 'Wait.'],
      [1_500, 'Done.'],
    ],
    // 5 characters: silent from 600 to 1500.
    silences: [[600, 900]],
  },
  {
    name: 'two stalls',
    pieces: [
      [0, 'One. '],
      [1_000, 'Two. '],
      [1_100, 'Three. '],
      [5_000, 'Four.'],
    ],
    endMs: 5_020,
    units: [
      [0, 'One.'],
      [1_000, 'Two.'],
      [1_100, 'Three.'],
      [5_020, 'Four.'],
    ],
    // One ends at 400; Two at 1400; Three at 2000.
    silences: [
      [400, 600],
      [2_000, 3_020],
    ],
  },
  {
    name: 'a stall within a sentence costs as much as one between',
    pieces: [
      [100, 'Yes. Your or'],
      [2_000, 'der is here.'],
    ],
    endMs: 2_050,
    units: [
      [100, 'Yes.'],
      [2_050, 'Your order is here.'],
    ],
    silences: [[500, 1_550]],
  },
  {
    name: 'a long first sentence is silence before the voice, not within',
    pieces: [
      [100, 'Well, as you may already know,'],
      [900, ' we are closed today'],
      [1_700, '. Sorry'],
      [1_720, '!'],
    ],
    endMs: 1_740,
    units: [
      [1_700, 'Well, as you may already know, we are closed today.'],
      [1_740, 'Sorry!'],
    ],
    silences: [],
  },
  {
    name: 'a delay of the synthesis moves everything, and each silence starts where the voice ends',
    pieces: [
      [100, 'Wait. '],
      [1_500, 'Done. '],
    ],
    endMs: 1_510,
    ttsDelayMs: 200,
    units: [
      [100, 'Wait.'],
      [1_500, 'Done.'],
    ],
    silences: [[800, 900]],
  },
  {
    name: 'titles',
    pieces: [
      [100, 'Dr. '],
      [200, 'Smith and Mrs. '],
      [300, 'Jones are in. '],
    ],
    endMs: 400,
    units: [[300, 'Dr. Smith and Mrs. Jones are in.']],
    silences: [],
  },
  {
    name: 'initials',
    pieces: [
      [100, 'J. R. R. Tolkien left the U.S. '],
      [200, 'Army. '],
    ],
    endMs: 300,
    units: [[200, 'J. R. R. Tolkien left the U.S. Army.']],
    silences: [],
  },
  {
    name: 'an abbreviation that may end a sentence waits for the next word',
    pieces: [
      [100, 'We close at 5 p.m. '],
      [300, 'on weekdays and at 1 p.m. '],
      [500, 'Call us.'],
    ],
    endMs: 600,
    units: [
      [500, 'We close at 5 p.m. on weekdays and at 1 p.m.'],
      [600, 'Call us.'],
    ],
    silences: [],
  },
  {
    name: '"No." before a number, and as an answer',
    pieces: [
      [100, 'No. '],
      [200, 'It is No. '],
      [300, '5.'],
    ],
    endMs: 400,
    units: [
      [200, 'No.'],
      [400, 'It is No. 5.'],
    ],
    // 3 characters last to 500; the second unit was there at 400.
    silences: [],
  },
  {
    name: 'decimals, prices and times',
    pieces: [
      [100, 'It is $3.'],
      [200, '50, or 2.5 percent of 140.0. '],
    ],
    endMs: 300,
    units: [[200, 'It is $3.50, or 2.5 percent of 140.0.']],
    silences: [],
  },
  {
    name: 'full-width decimals, thousands and times; no digit, no number',
    pieces: [
      [100, '値段は３．'],
      [200, '５倍。'],
      [300, '１０月３，０００円。第３．次です。'],
    ],
    endMs: 400,
    units: [
      [300, '値段は３．５倍。'],
      [300, '１０月３，０００円。'],
      [300, '第３．'],
      [400, '次です。'],
    ],
    // 8, 10 and 3 characters, one after the other, from 300 to 2400.
    silences: [],
  },
  {
    name: 'vapi: full-width commas and colons within numbers are no clauses',
    rule: 'vapi',
    pieces: [
      [100, '営業時間はまいにち午前九時からで、ご予約のお客様は明日の１２：３０、お願いします'],
    ],
    endMs: 200,
    units: [
      [100, '営業時間はまいにち午前九時からで、ご予約のお客様は明日の１２：３０、'],
      [200, 'お願いします'],
    ],
    silences: [],
  },
  {
    name: 'feet and states end a sentence before a capital letter, and a fort does not',
    pieces: [
      [100, 'It takes 6 ft. '],
      [200, 'That is all. It is 6 ft. of rope in Fresno, Ca. '],
      [300, 'Call the dept. at 5 p.m. est. '],
      [400, 'Bye. Ft. Worth was ca. 1900.'],
    ],
    endMs: 500,
    units: [
      [200, 'It takes 6 ft.'],
      [200, 'That is all.'],
      [300, 'It is 6 ft. of rope in Fresno, Ca.'],
      [400, 'Call the dept. at 5 p.m. est.'],
      [400, 'Bye.'],
      [500, 'Ft. Worth was ca. 1900.'],
    ],
    silences: [],
  },
  {
    name: 'a domain name',
    pieces: [
      [100, 'See example.com. '],
      [150, 'Bye.'],
    ],
    endMs: 200,
    units: [
      [100, 'See example.com.'],
      [200, 'Bye.'],
    ],
    silences: [],
  },
  {
    name: 'numbers of a list are no sentences',
    pieces: [
      [100, '1. '],
      [200, 'Tea.\n2. '],
      [300, 'Milk.'],
    ],
    endMs: 400,
    units: [
      [200, '1. Tea.'],
      [400, '2. Milk.'],
    ],
    // 7 characters last to 900.
    silences: [],
  },
  {
    name: 'no punctuation at all: the end of the answer is the first proof',
    pieces: [
      [100, 'we open'],
      [800, ' at nine'],
    ],
    endMs: 850,
    units: [[850, 'we open at nine']],
    silences: [],
  },
  {
    name: 'cut off: what was not confirmed is never spoken',
    pieces: [
      [100, 'Sure. We op'],
      [200, 'en at'],
    ],
    endMs: null,
    units: [[100, 'Sure.']],
    silences: [],
  },
  {
    name: 'a line break ends a sentence',
    pieces: [
      [100, 'Opening hours\n'],
      [200, 'Nine to five'],
    ],
    endMs: 300,
    units: [
      [100, 'Opening hours'],
      [300, 'Nine to five'],
    ],
    silences: [],
  },
  {
    name: 'quotes close within their sentence',
    pieces: [
      [100, 'She said "Stop!'],
      [200, '" '],
      [300, 'Then she left.'],
    ],
    endMs: 400,
    units: [
      [200, 'She said "Stop!"'],
      [400, 'Then she left.'],
    ],
    silences: [],
  },
  {
    name: 'Chinese: no spaces, so the next character proves it',
    pieces: [
      [100, '你好。'],
      [200, '我叫'],
      [300, '小明！有'],
      [400, '什么事？'],
    ],
    endMs: 500,
    units: [
      [200, '你好。'],
      [300, '我叫小明！'],
      [500, '有什么事？'],
    ],
    // 你好。 lasts 300, to 500.
    silences: [],
  },
  {
    name: 'Japanese, with a stall and a closing bracket',
    pieces: [
      [100, '「はい。'],
      [200, '」'],
      [300, '少々'],
      [2_000, 'お待ちください。'],
    ],
    endMs: 2_100,
    units: [
      [300, '「はい。」'],
      [2_100, '少々お待ちください。'],
    ],
    // 5 characters: silent from 800.
    silences: [[800, 1_300]],
  },
  {
    name: 'Hindi',
    pieces: [
      [100, 'नमस्ते। '],
      [200, 'कैसे हैं?'],
    ],
    endMs: 300,
    units: [
      [100, 'नमस्ते।'],
      [300, 'कैसे हैं?'],
    ],
    // न, म, स्ते and the danda: 4 characters last to 500.
    silences: [],
  },
  {
    name: 'buffer words are heard, and then nothing is',
    pieces: [
      [50, 'Let me see... '],
      [3_000, 'Yes, we are open.'],
    ],
    endMs: 3_100,
    units: [
      [50, 'Let me see...'],
      [3_100, 'Yes, we are open.'],
    ],
    // 13 characters last to 1350.
    silences: [[1_350, 1_750]],
  },
  {
    name: 'a bare ellipsis makes no sound',
    pieces: [
      [50, '... '],
      [3_000, 'Yes. '],
    ],
    endMs: 3_100,
    units: [[3_000, 'Yes.']],
    silences: [],
  },
  {
    name: 'emoji are no units of their own',
    pieces: [[100, '👋🏽! Hi there.']],
    endMs: 200,
    units: [[200, 'Hi there.']],
    silences: [],
  },
  {
    name: 'every 10 characters',
    rule: 'chars:10',
    pieces: [
      [100, 'Hello'],
      [200, ' there'],
      [1_400, ', you'],
    ],
    endMs: 1_500,
    units: [
      [200, 'Hello there'],
      [1_500, ', you'],
    ],
    // 11 characters: to 1300.
    silences: [[1_300, 200]],
  },
  {
    name: 'vapi: no clause below 30 characters',
    rule: 'vapi',
    pieces: [
      [100, 'Well, '],
      [200, 'let me look that up for you, '],
      [300, 'one moment. '],
    ],
    endMs: 400,
    units: [
      [200, 'Well, let me look that up for you,'],
      [400, 'one moment.'],
    ],
    silences: [],
  },
  {
    name: 'livekit: short sentences are joined, and the next one must have begun',
    rule: 'livekit',
    pieces: [
      [100, 'Yes. '],
      [200, 'We are open today. '],
      [300, 'Come in'],
    ],
    endMs: 400,
    units: [
      [300, 'Yes. We are open today.'],
      [400, 'Come in'],
    ],
    silences: [],
  },
  {
    name: 'pipecat: a space is no proof',
    rule: 'pipecat',
    pieces: [
      [100, 'Yes. '],
      [900, 'We'],
      [1_000, ' are.'],
    ],
    endMs: 1_100,
    units: [
      [900, 'Yes.'],
      [1_100, 'We are.'],
    ],
    // 4 characters: to 1300.
    silences: [],
  },
]

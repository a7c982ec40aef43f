import {
  isJsonObject,
  isSystemTool,
  type JsonObject,
  type Offer,
  type SystemTool,
} from '../../protocol/index.ts'
import { detectLanguage } from '../words/language.ts'
import { stemOf } from './stem-of.ts'

type Utterance = (wanted: string) => boolean

const says =
  (...words: readonly RegExp[]): Utterance =>
  (wanted) =>
    words.some((each) => each.test(wanted))

/** Somebody is asked for, or wished for, or named and nothing else; not only spoken of. */
const asksFor = (who: string): Utterance =>
  says(
    new RegExp(
      String.raw`\b(?:talk|talking|speak|speaking|connect|transfer|put|get|give|need|want|like)\b[^.,;!?]{0,40}\b(?:${who})\b`,
      'i',
    ),
    new RegExp(String.raw`\b(?:${who})\b[^.,;!?]{0,30}\b(?:talk|speak|help)\b`, 'i'),
    new RegExp(
      String.raw`^\W*(?:(?:yes|no|please|the|your)\b\W+)*(?:${who})\W*(?:please\W*)?$`,
      'i',
    ),
  )

/** What ends with these words goes no further than to thank for it. */
const AT_ITS_END = String.raw`(?=\s*(?:$|[^\w\s]|(?:i|we|for|from|thanks?|today|then|now|good ?bye|bye)\b))`

/** What a caller says when the platform's own tools are wanted. */
const SYSTEM_INTENTS: Record<SystemTool, Utterance> = {
  end_call: says(
    // Not where somebody tells of a farewell.
    /(?<!\b(?:say|says|said|saying|waved?|kissed|good|a|the|my|his|her|their) )\b(?:good ?bye|bye)\b/i,
    /(?<!\b(?:did|didn't|do|why|when|if) (?:you|i|we|he|she|they|it) )\bhang up\b/i,
    new RegExp(String.raw`\b(?:that(?:'s| is| was) all|nothing else)\b${AT_ITS_END}`, 'i'),
  ),
  transfer_to_number: asksFor(
    'an? (?:real |live |actual )?(?:person|human)|someone real|representative|operator',
  ),
  transfer_to_agent: asksFor('another agent|(?:billing|sales|support) (?:team|department|agent)'),
  language_detection: (wanted) => detectLanguage(wanted) !== 'en',
  skip_turn: says(
    /\b(hold on|one (?:moment|second|sec)|just a (?:moment|second|sec)|let me (?:think|check|see))\b/i,
  ),
  voicemail_detection: says(/\b(after the (?:tone|beep)|leave (?:a|your) message|voicemail)\b/i),
  play_keypad_touch_tone: says(
    /\bpress (?:\d|zero|one|two|three|four|five|six|seven|eight|nine|star|pound)\b/i,
  ),
}

/** Says how much the caller's words are those of a tool. */
export interface Fit {
  /** What both name; of the tools that share one, one is meant. */
  readonly subjects: readonly string[]
  /** All words of its name that the caller said. */
  readonly named: readonly string[]
  readonly score: number
}

/** So many words of a description and its parameters are no chance. */
const ENOUGH_DESCRIBED = 2
/** What a name says counts more than what the description adds. */
const NAMED = 3

const words = (list: string) => new Set(list.split(' ').map(stemOf))

const VERBS = words(
  'add book cancel check create find list lookup open query run search send set show update',
)
/** They qualify what a name is about. */
const QUALIFIERS = words(
  'all current data date day detail id info information latest new number status time',
)
/** They are in every other sentence, and in every other description. */
const COMMON = words(
  'a about an and any are at be by can caller call could customer do doe for from function get give given ha have how i if in into is it just let like look make me my name need not of on one or our please return so some tell that the their them then there they thing this to tool u use used user value want we what when where which who will with would you your',
)

/** What a caller asks for, as far as a tool can tell. */
export interface Asked {
  /** What was said, without what is not wanted. */
  readonly wanted: string
  readonly words: ReadonlySet<string>
}

const CLAUSE = String.raw`(?:(?!\b(?:but|instead|just|i)\b)[^.,;!?])*`
/** "No, do not check the weather." "You don't need to hang up." */
const UNWANTED = new RegExp(
  [
    String.raw`(?:^|[.,;:!?]|\b(?:and|but|no|please|so|then)\b)\s*(?:do not|don't|never)\b(?! (?:you|forget|hesitate)\b)${CLAUSE}`,
    String.raw`\b(?:no need|(?:i|we|you) (?:do not|don't) (?:want|need|have to))\b${CLAUSE}`,
  ].join('|'),
  'gi',
)

/** Sums that a caller writes down, and what they are called. */
const SUMS: readonly (readonly [RegExp, string])[] = [
  [/\d ?[*×] ?\d|\d (?:x|times) \d/i, 'multiply calculate'],
  [/\d ?\+ ?\d|\d plus \d/i, 'add calculate'],
  [/\d [-−] \d|\d minus \d/i, 'subtract calculate'],
  [/\d ?÷ ?\d|\d \/ \d/, 'divide calculate'],
]

/** Reads what a caller asks for out of what was said. */
export function askedBy(said: string): Asked {
  const wanted = said.replaceAll('’', "'").replaceAll(UNWANTED, '. ')
  const sums = SUMS.flatMap(([sum, name]) => (sum.test(wanted) ? [name] : []))
  return { wanted, words: telling([wanted, ...sums].join(' ')) }
}

/**
 * Tells whether the caller asks for a tool: by the phrases its system tool stands for, or, for any
 * other tool, by the words of its name (`lookup_order`, `getOrderStatus`: order), or else by several
 * of its description and its parameters.
 */
export function fitOf(tool: Offer, { wanted, words: asked }: Asked): Fit | undefined {
  const { name, description, parameters } = tool
  if (isSystemTool(name)) {
    return SYSTEM_INTENTS[name](wanted) ? { subjects: [name], named: [], score: NAMED } : undefined
  }
  const isAsked = (word: string) => asked.has(word)
  const all = [...telling(spaced(name))]
  const nouns = all.filter((word) => !VERBS.has(word) && !QUALIFIERS.has(word))
  const subjects = (nouns.length > 0 ? nouns : all).filter(isAsked)
  const described = [...telling([description ?? '', ...textsOf(parameters)].join(' '))].filter(
    isAsked,
  )
  if (subjects.length === 0 && described.length < ENOUGH_DESCRIBED) return undefined
  const named = all.filter(isAsked)
  return { subjects, named, score: NAMED * named.length + described.length }
}

/** Names and descriptions of the parameters themselves; what is within them says less. */
function textsOf(parameters: Offer['parameters']): string[] {
  const members = (parameters as JsonObject | null | undefined)?.['properties']
  if (!isJsonObject(members)) return []
  return Object.entries(members).flatMap(([name, schema]) => {
    const description = isJsonObject(schema) ? schema['description'] : undefined
    return [spaced(name), typeof description === 'string' ? description : '']
  })
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')
}

function telling(text: string): Set<string> {
  const stems = (text.toLowerCase().match(/[a-z]+/g) ?? []).map(stemOf)
  return new Set(stems.filter((word) => word.length > 1 && !COMMON.has(word)))
}

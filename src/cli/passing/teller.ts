import type { CheckFinding, Exchange } from '../../conformance/index.ts'
import type { ConversationTurn } from '../../tap/index.ts'
import { Recent } from '../../wire/index.ts'
import { countLine, findingLine, replacedLine, turnLine } from './turn-lines.ts'

interface TellerOptions {
  readonly print: (line: string) => void
  readonly width: () => number
  /** Whether turns that are well are told of, too. */
  readonly all: boolean
}

/** What is said of an exchange. */
interface Said {
  readonly exchange: Exchange
  readonly turns: readonly ConversationTurn[]
  readonly findings: readonly CheckFinding[]
  /** What shows beside others of its conversation. */
  readonly observations: readonly CheckFinding[]
}

const MOST_CONVERSATIONS = 1_000
/** Told once of a conversation, as checks are. */
const REPLACED = 'replaced'
/** Nobody reads more at the end. */
const MOST_COUNTS = 20

/** Tells of exchanges as they pass: each kind of finding once in a conversation, and how often it came at the end. */
export class Teller {
  readonly #options: TellerOptions
  /** In how many exchanges of a conversation each check found something; 0 where that is not counted. */
  readonly #told = new Recent<string, Map<string, number>>(MOST_CONVERSATIONS)

  constructor(options: TellerOptions) {
    this.#options = options
  }

  tell({ exchange, turns, findings, observations }: Said): void {
    const { print, width, all } = this.#options
    const turn = turns.find((each) => each.exchange === exchange.id)
    const told = this.#toldOf(turn?.conversation ?? '')
    const fresh = firstOfEach([...findings, ...observations]).filter(
      ({ check }) => !told.has(check),
    )
    for (const { check } of firstOfEach(findings)) told.set(check, (told.get(check) ?? 0) + 1)
    for (const { check } of observations) told.set(check, told.get(check) ?? 0)
    const replaced = told.has(REPLACED) ? undefined : turns.find(({ isReplaced }) => isReplaced)
    if (replaced) told.set(REPLACED, 0)
    if (!all && fresh.length === 0 && !replaced) return
    print(turnLine(exchange, turn, width()))
    for (const each of fresh) print(findingLine(each, width()))
    if (replaced) print(replacedLine(replaced, width()))
  }

  /** Says how often came what was told once. */
  tellCounts(): void {
    const { print, width } = this.#options
    const often = this.#counts().filter(({ count }) => count > 1)
    if (often.length === 0) return
    print('Told once, and found again:')
    for (const each of often.slice(0, MOST_COUNTS)) print(countLine(each, width()))
    const left = often.length - MOST_COUNTS
    if (left > 0) print(`  and ${left} more`)
  }

  #counts() {
    return [...this.#told.keys()]
      .flatMap((conversation) =>
        [...this.#toldOf(conversation)].map(([check, count]) => ({ conversation, check, count })),
      )
      .toSorted((a, b) => b.count - a.count)
  }

  #toldOf(conversation: string): Map<string, number> {
    const told = this.#told.get(conversation) ?? new Map<string, number>()
    this.#told.set(conversation, told)
    return told
  }
}

function firstOfEach(findings: readonly CheckFinding[]): readonly CheckFinding[] {
  return findings.filter(
    ({ check }, i) => findings.findIndex((other) => other.check === check) === i,
  )
}

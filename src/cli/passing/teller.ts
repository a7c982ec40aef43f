import type { CheckFinding, Exchange } from '../../conformance/index.ts'
import type { ConversationTurn } from '../../tap/index.ts'
import { BOUNDS, Recent } from '../../wire/index.ts'
import {
  type Count,
  countLine,
  earlierLine,
  findingLine,
  replacedLine,
  turnLine,
} from './turn-lines.ts'

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

/** Told once of a conversation, as checks are. */
const REPLACED = 'replaced'
/** Nobody reads more at the end. */
const MOST_COUNTS = 20

/** Tells of exchanges as they pass: each kind of finding once in a conversation, and how often it came at the end. */
export class Teller {
  readonly #options: TellerOptions
  /** The checks that were told of in each conversation. */
  readonly #told = new Recent<string, Set<string>>(BOUNDS.tap.conversations)
  readonly #counts = new Map<string, Count>()

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
    for (const { check } of firstOfEach(findings)) {
      this.#countOne(check, !told.has(check), turn !== undefined)
    }
    for (const { check } of fresh) told.add(check)
    const replaced = told.has(REPLACED) ? undefined : turns.find(({ isReplaced }) => isReplaced)
    if (replaced) told.add(REPLACED)
    if (!all && fresh.length === 0 && !replaced) return
    print(turnLine(exchange, turn, width()))
    for (const each of fresh) print(findingLine(each, width()))
    for (const each of all ? turns : []) {
      const line = each === turn ? undefined : earlierLine(each, width())
      if (line !== undefined) print(line)
    }
    if (replaced) print(replacedLine(replaced, width()))
  }

  /** Says how often came what was told once. */
  tellCounts(): void {
    const { print, width } = this.#options
    const often = [...this.#counts.values()]
      .filter(({ found, told }) => found > told)
      .toSorted((a, b) => b.found - a.found)
    if (often.length === 0) return
    print('Told once, and found again:')
    for (const each of often.slice(0, MOST_COUNTS)) print(countLine(each, width()))
    const left = often.length - MOST_COUNTS
    if (left > 0) print(`  and ${left} more`)
  }

  #countOne(check: string, isTold: boolean, isTurn: boolean): void {
    const known = this.#counts.get(check) ?? { check, found: 0, told: 0, conversations: 0 }
    this.#counts.set(check, {
      check,
      found: known.found + 1,
      told: known.told + (isTold ? 1 : 0),
      conversations: known.conversations + (isTold && isTurn ? 1 : 0),
    })
  }

  #toldOf(conversation: string): Set<string> {
    const told = this.#told.get(conversation) ?? new Set<string>()
    this.#told.set(conversation, told)
    return told
  }
}

function firstOfEach(findings: readonly CheckFinding[]): readonly CheckFinding[] {
  return findings.filter(
    ({ check }, i) => findings.findIndex((other) => other.check === check) === i,
  )
}

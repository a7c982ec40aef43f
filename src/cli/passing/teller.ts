import type { CheckFinding, Exchange } from '../../conformance/index.ts'
import type { ConversationTurn } from '../../tap/index.ts'
import { Recent } from '../../wire/index.ts'
import { findingLine, turnLine } from './turn-lines.ts'

interface TellerOptions {
  readonly print: (line: string) => void
  readonly width: () => number
  /** Whether turns that are well are told of, too. */
  readonly all: boolean
}

const MOST_CONVERSATIONS = 1_000

/** Tells of exchanges as they pass: each kind of finding once in a conversation. */
export class Teller {
  readonly #options: TellerOptions
  readonly #told = new Recent<string, Set<string>>(MOST_CONVERSATIONS)

  constructor(options: TellerOptions) {
    this.#options = options
  }

  tell(
    exchange: Exchange,
    turns: readonly ConversationTurn[],
    findings: readonly CheckFinding[],
  ): void {
    const { print, width, all } = this.#options
    const turn = turns.find((each) => each.exchange === exchange.id)
    const fresh = this.#fresh(turn?.conversation ?? '', findings)
    if (!all && fresh.length === 0) return
    print(turnLine(exchange, turn, width()))
    for (const each of fresh) print(findingLine(each, width()))
  }

  #fresh(conversation: string, findings: readonly CheckFinding[]): readonly CheckFinding[] {
    const told = this.#told.get(conversation) ?? new Set()
    const fresh = findings.filter(({ check }, i) => {
      const isFirst = findings.findIndex((other) => other.check === check) === i
      return isFirst && !told.has(check)
    })
    for (const { check } of fresh) told.add(check)
    this.#told.set(conversation, told)
    return fresh
  }
}

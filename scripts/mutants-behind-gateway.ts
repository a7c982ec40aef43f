import { chat, type Dialect } from '../src/protocol/index.ts'
import { type Mutant, mutantsIn } from '../test/support/mutants.ts'
import { passedInChat, passedOn, told } from './gateway-outcomes.ts'
import type { Becomes } from './play-through-gateway.ts'

type ByReason = Readonly<Record<string, readonly string[]>>

export interface MutantBehindGateway extends Mutant {
  /** As the page of the gateway names it. */
  readonly title: string
  /** As that page says. */
  readonly becomes: Becomes
}

/**
 * How an upstream is broken behind a gateway: by all that breaks chat completions, and by what breaks the
 * Responses API in another way. What breaks both alike is met before their answers are told apart.
 */
export function mutantsBehindGateway(dialect: Dialect): MutantBehindGateway[] {
  const inChat = dialect === chat ? [] : mutantsIn(chat)
  return mutantsIn(dialect)
    .filter(({ id, name, fault }) =>
      inChat.every((each) => each.id !== id || each.name !== name || each.fault !== fault),
    )
    .map((mutant) => {
      const title = `${mutant.id} ${mutant.name}`
      return { ...mutant, title, becomes: outcomeOf(title, dialect) }
    })
}

function outcomeOf(title: string, dialect: Dialect): Becomes {
  if (isListed(told, title)) return 'told'
  if (isListed(passedOn, title)) return 'passed on'
  return dialect === chat && isListed(passedInChat, title) ? 'passed on' : 'repaired'
}

function isListed(byReason: ByReason, title: string): boolean {
  return Object.values(byReason).some((titles) => titles.includes(title))
}

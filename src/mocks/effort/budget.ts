import type { ApiError } from '../../protocol/index.ts'

/**
 * What one request may cost. An honest one takes a small part of it, and what takes all of it is
 * answered before other callers notice.
 */
const MOST = {
  /** Values made up for JSON Schemas. */
  values: 10_000,
  /** Members of schemas looked at, each time that they are. */
  parts: 100_000,
  /** Characters made up, over all choices: about 25,000 tokens. */
  characters: 100_000,
  /** Probabilities of tokens made up: those of all its characters, and of three others each. */
  probabilities: 100_000,
  /** Keywords looked at to hold what was made against its schema, roughly: half a second. */
  checks: 4_000_000,
  /** Characters that the patterns of scenarios are matched against. */
  matched: 64_000_000,
  /** Instructions of these patterns looked at, beside what each character costs: some 150 ns. */
  steps: 300_000,
}

export type Resource = keyof typeof MOST

/** What is made beyond what a schema needs takes no more than the rest. */
const PLENTY = 0.9
const GENEROUS = ['values', 'parts', 'characters'] as const

const ASKS: Readonly<Record<Resource, (most: string) => string>> = {
  values: (most) =>
    `asks for more values than the ${most} that one answer may hold here; ask for fewer.`,
  parts: () => 'asks for more work than one answer may take here; simplify the schema.',
  checks: () => 'takes more work to check than one answer may take here; simplify the schema.',
  characters: (most) =>
    `asks for more text than the ${most} characters that one answer may hold here; ask for less.`,
  probabilities: (most) =>
    `asks for more probabilities than the ${most} that one answer may hold here; ask for fewer.`,
  matched: (most) =>
    `takes more than the ${most} characters that the scenarios may look at here; send fewer or shorter messages.`,
  steps: () =>
    'takes more work than one answer may take here, by the regular expressions that it is matched against; simplify these, above all what they repeat, or send shorter messages.',
}

/** A request that would cost more than one may; `param` names what is to blame. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError'
  readonly param: string

  constructor(resource: Resource, param: string) {
    super(`"${param}" ${ASKS[resource](MOST[resource].toLocaleString('en'))}`)
    this.param = param
  }

  get apiError(): ApiError {
    return { status: 400, message: this.message, param: this.param }
  }
}

/** What is left for a request. */
export class Budget {
  readonly #left: Record<Resource, number> = { ...MOST }

  /** Whether there is enough left for what nobody asked for. */
  hasPlenty(): boolean {
    return GENEROUS.every((resource) => this.#left[resource] > MOST[resource] * PLENTY)
  }

  /** @throws BudgetError when so much is not left; nothing is spent. */
  afford(resource: Resource, amount: number, param: string): void {
    if (!(amount <= this.#left[resource])) throw new BudgetError(resource, param)
  }

  /** @throws BudgetError when so much is not left. */
  spend(resource: Resource, amount: number, param: string): void {
    this.afford(resource, amount, param)
    this.#left[resource] -= amount
  }

  /** Spends as much as is left of an amount, and tells how much that is. */
  take(resource: Resource, amount: number): number {
    const taken = Math.min(amount, this.#left[resource])
    this.#left[resource] -= taken
    return taken
  }
}

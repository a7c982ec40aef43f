import type { Miss } from '../../journal/index.ts'
import { pause } from '../../wire/index.ts'
import { anyContained } from './match/any-contained.ts'
import { Attempts } from './match/attempts.ts'
import { compileScenario, type CompiledScenario } from './compile-scenario.ts'
import type { ReplyOptions } from './answer/compile-reply.ts'
import { ScenarioError } from '../scenario-error.ts'
import type { Scenario } from './spec/scenario.ts'
import { type Missed, nearestMisses } from './match/nearest-misses.ts'
import type { Situation } from './match/situation.ts'

interface Entry {
  /** That of the scenario, one place in memory nearer: it is looked at for each request. */
  readonly said: string
  readonly scenario: CompiledScenario
  /** The only scope in which it answers; `undefined` for any. */
  readonly scope: string | undefined
  used: boolean
}

const NO_LIST =
  'scenarios must be a list, such as [{ then: "Hello." }]: neither one alone, nor a promise, nor what a file of them holds, for which there is scenariosFrom()'

/** Scenarios that may take long, however short the request is; they are ruled out together. */
const MANY = 64
/** A text up to this long is looked through for all that many scenarios want, in one pass. */
const MAX_SHORT = 1_000

/** Scenarios that are tried one after the other. */
interface Block {
  readonly entries: readonly Entry[]
  /** Whether a text may contain what one of them wants; made when it is first asked. */
  mayHold?: (user: string) => boolean
}

/** The scenarios of a mock, in the order in which they are tried. */
export class ScenarioBook {
  readonly #options: ReplyOptions
  #entries: Entry[] = []
  #blocks: Block[] = []
  #dependsOnBodyAlone = true
  readonly attempts = new Attempts()

  constructor(options: ReplyOptions) {
    this.#options = options
  }

  /**
   * Adds scenarios behind those that are there; those of a scope are tried before those of all.
   *
   * @throws ScenarioError for one that cannot be used; then none is added.
   */
  add(scenarios: readonly Scenario[], scope?: string): void {
    const steps = this.addInSteps(scenarios, scope)
    while (!steps.next().done);
  }

  /**
   * The same, a scenario a step; all are added in the last.
   *
   * @throws ScenarioError for one that cannot be used; then none is added.
   */
  *addInSteps(scenarios: readonly Scenario[], scope?: string): Generator<undefined, void, void> {
    const added = yield* this.#compile(scenarios, this.#entries.length, scope)
    const all = [...this.#entries, ...added]
    this.#keep([
      ...all.filter((entry) => entry.scope !== undefined),
      ...all.filter((entry) => entry.scope === undefined),
    ])
  }

  /**
   * Puts scenarios in the place of all that are there, a scenario a step; attempts begin anew.
   *
   * @throws ScenarioError for one that cannot be used; then nothing changes.
   */
  *replaceInSteps(scenarios: readonly Scenario[]): Generator<undefined, void, void> {
    const entries = yield* this.#compile(scenarios, 0, undefined)
    this.reset()
    this.#keep(entries)
  }

  /** Forgets scenarios and attempts, of a scope or altogether. */
  reset(scope?: string): void {
    this.attempts.reset(scope)
    this.#keep(scope === undefined ? [] : this.#entries.filter((each) => each.scope !== scope))
  }

  /** Whether an answer depends on nothing but scope and body of its request. */
  get dependsOnBodyAlone(): boolean {
    return this.#dependsOnBodyAlone
  }

  /** Finds the first scenario whose conditions hold; others have their turn while it takes long. */
  async match(situation: Situation, scope: string): Promise<CompiledScenario | undefined> {
    const { isLong, user } = situation
    for (const [i, block] of this.#blocks.entries()) {
      if (i > 0) await pause()
      if (user.length <= MAX_SHORT && !mayHold(block, user)) continue
      for (const entry of block.entries) {
        if (isLong) await pause()
        if (!user.includes(entry.said)) continue
        if (entry.scope !== undefined && entry.scope !== scope) continue
        if (!holds(entry.scenario, situation)) continue
        entry.used = true
        return entry.scenario
      }
    }
    return undefined
  }

  /** The scenarios that came nearest, and what each failed on; it may take as long as to match. */
  async misses(situation: Situation, scope: string): Promise<Miss[]> {
    const { isLong } = situation
    const missed: Missed[] = []
    for (const { scenario, scope: only } of this.#entries) {
      if (only !== undefined && only !== scope) continue
      if (isLong || missed.length % MANY === MANY - 1) await pause()
      const failed = scenario.conditions.filter((condition) => !condition.holds(situation))
      missed.push({ scenario, failed })
    }
    return nearestMisses(missed, situation)
  }

  /** Names of the scenarios that have answered nothing so far. */
  unused(scope?: string): string[] {
    return this.#entries
      .filter((entry) => !entry.used && (scope === undefined || entry.scope === scope))
      .map(({ scenario }) => scenario.name)
  }

  *#compile(
    scenarios: readonly Scenario[],
    before: number,
    scope: string | undefined,
  ): Generator<undefined, Entry[], void> {
    if (!Array.isArray(scenarios)) throw new ScenarioError(NO_LIST)
    const entries: Entry[] = []
    for (const [i, each] of scenarios.entries()) {
      const scenario = compileScenario(each, `scenario ${before + i + 1}`, this.#options)
      entries.push({ said: scenario.said, scenario, scope, used: false })
      yield
    }
    return entries
  }

  #keep(entries: Entry[]): void {
    this.#entries = entries
    this.#blocks = []
    for (let i = 0; i < entries.length; i += MANY) {
      this.#blocks.push({ entries: entries.slice(i, i + MANY) })
    }
    this.#dependsOnBodyAlone = entries.every(({ scenario }) => scenario.dependsOnBodyAlone)
  }
}

function mayHold(block: Block, user: string): boolean {
  block.mayHold ??= anyContained(block.entries.map(({ said }) => said))
  return block.mayHold(user)
}

function holds({ conditions }: CompiledScenario, situation: Situation): boolean {
  for (const condition of conditions) if (!condition.holds(situation)) return false
  return true
}

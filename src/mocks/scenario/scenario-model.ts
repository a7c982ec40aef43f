import type { AnyReply } from '../../wire/index.ts'
import { errorReply, fingerprint } from '../../protocol/index.ts'
import type { Why } from '../../journal/index.ts'
import { type Model, NOWHERE } from '../model.ts'
import { refusingExcess } from '../refusing-excess.ts'
import type { CompiledScenario } from './compile-scenario.ts'
import { describeMisses } from './match/nearest-misses.ts'
import { ScenarioError } from '../scenario-error.ts'
import type { ScenarioBook } from './scenario-book.ts'
import { Situation } from './match/situation.ts'
import { TemplateError } from './answer/template.ts'

export interface ScenarioModelOptions {
  readonly book: ScenarioBook
  /** Answers what no scenario matches; it is an error, when absent. */
  readonly fallback: Model<AnyReply> | undefined
}

/** Makes a model that answers with the first scenario that matches. */
export function scenarioModel({ book, fallback }: ScenarioModelOptions): Model<AnyReply> {
  return refusingExcess(async (request, context = NOWHERE) => {
    const { scope, http, tell } = context
    const attempt = book.attempts.counter(scope, () => fingerprint(request))
    const situation = new Situation(request, http.headers, attempt)
    const scenario = await book.match(situation, scope)
    if (scenario) {
      tell({
        scenario: scenario.name,
        held: scenario.conditions.map(({ name }) => name),
        misses: [],
      })
      return scenario.reply(situation, context).catch((error: unknown) => unfilled(scenario, error))
    }
    const why: Why = { scenario: null, held: [], misses: await book.misses(situation, scope) }
    tell(why)
    return fallback ? fallback(request, context) : unmatched(why)
  })
}

/** Not a status that clients try again: the request may be right, the scenario is not. */
function unfilled({ name }: CompiledScenario, error: unknown) {
  const isTemplate = error instanceof TemplateError
  if (!isTemplate && !(error instanceof ScenarioError)) throw error
  return errorReply({
    status: 422,
    message: `The scenario "${name}" cannot answer: ${error.message}.`,
    code: isTemplate ? 'template_not_filled' : 'scenario_not_usable',
  })
}

/** Not a status that clients try again. */
function unmatched(why: Why) {
  return errorReply({
    status: 404,
    message: `No scenario matches this request. Nearest: ${describeMisses(why)}`,
    code: 'no_scenario_matched',
  })
}

import {
  type AnyReply,
  type Call,
  type Clock,
  type Handler,
  headerValue,
  pathOf,
  pause,
  isLive,
  realClock,
} from '../wire/index.ts'
import { answerBody } from './answer-body.ts'
import { AnswerMemory } from './answer-memory.ts'
import { defaultModel } from './model/default-model.ts'
import { faultByHeader } from './faults/fault-by-header.ts'
import { FaultMemory } from './faults/fault-memory.ts'
import { findNetworkFault } from './faults/find-fault.ts'
import {
  type Dialect,
  dialects as allDialects,
  errorReply,
  type Kept,
  refuseCoding,
  responses,
  responsesIn,
  type ResponseStyle,
} from '../protocol/index.ts'
import { KeptAnswers } from './kept-answers.ts'
import type { MockCall } from './mock-call.ts'
import type { MockLlmOptions } from './mock-llm-options.ts'
import { refuseOptions } from './refuse-options.ts'
import { requestIdOf } from './request-id-of.ts'
import { Journal, type Why } from '../journal/index.ts'
import type { Model } from './model.ts'
import { notFound } from './not-found.ts'
import { Recollection } from './recollection.ts'
import { ScenarioBook } from './scenario/scenario-book.ts'
import { scenarioModel } from './scenario/scenario-model.ts'
import type { Scenario } from './scenario/spec/scenario.ts'
import { sizeOf } from './size-of.ts'

/** What a test does with a mock, whatever its front. */
export interface MockControl {
  /**
   * Adds scenarios behind those that are there; those of a scope are tried before those of all.
   *
   * @throws ScenarioError for one that cannot be used; then none is added.
   */
  readonly add: (scenarios: readonly Scenario[], scope?: string) => void
  /**
   * Forgets added scenarios, attempts, journal, answers that are kept and what faults remember, of a
   * scope or altogether; what the mock was made with stays.
   */
  readonly reset: (scope?: string) => void
  /** Names of the scenarios that have answered nothing so far. */
  readonly unused: (scope?: string) => string[]
  readonly journal: Journal
}

/** The mock behind every front: requests in, answers as data out. */
export interface MockLlm {
  readonly control: MockControl
  /** As `add` of the control; others have their turn meanwhile. */
  readonly addInTurns: (scenarios: readonly Scenario[], scope?: string) => Promise<void>
  /**
   * Makes the mock anew with other scenarios, but keeps its journal; others have their turn meanwhile.
   *
   * @throws ScenarioError for one that cannot be used; then nothing changes.
   */
  readonly remakeInTurns: (scenarios: readonly Scenario[]) => Promise<void>
  readonly journal: Journal
  readonly clock: Clock
  /** Answers a request in some dialect. */
  readonly answer: Handler<MockCall, AnyReply>
  /** Answers what is asked below the path of a dialect, of answers that are kept. */
  readonly answerKept: Handler<MockCall, AnyReply>
  /** Those that it answers in. */
  readonly dialects: readonly Dialect[]
  readonly modelNames: readonly string[] | undefined
  /** Gives the answers of a handler the number of their request, as OpenAI does; some have one. */
  readonly numbering: <C extends Call>(handler: Handler<C, AnyReply>) => Handler<C, AnyReply>
  /** Breaks handlers of a front; forgets what the mock forgets. */
  readonly faultMemory: FaultMemory
}

/**
 * Makes a mock that has no front yet.
 *
 * @throws ScenarioError for a scenario that cannot be used; TypeError for such an option.
 */
export function createMockLlm(options: MockLlmOptions = {}): MockLlm {
  refuseOptions(options)
  const { seed = 0, pacing, strict = false, clock = realClock, modelNames, as } = options
  const { findFault = findNetworkFault } = options
  const dialects = styled(options.dialects ?? allDialects, options.responses)
  let { scenarios = [] } = options
  const keptAnswers = new KeptAnswers()
  const faultMemory = new FaultMemory()
  const book = new ScenarioBook({ seed, pacing, findFault, faultMemory })
  book.add(scenarios)
  const usual = options.model ?? defaultModel({ seed, ...(pacing && { pacing }) })
  const model = scenarioModel({ book, fallback: strict ? undefined : usual })
  const journal = new Journal(clock)

  const memory = new AnswerMemory()
  const answer: Handler<MockCall, AnyReply> = async (http, call) => {
    const { scope, entry, dialect } = call
    const numbered = (reply: AnyReply) =>
      withRequestId(reply, () => requestIdOf(seed, http.body ?? ''))
    const coded = refuseCoding(http.headers)
    if (coded) return numbered(errorReply(coded))
    // Only what depends on the request alone may be remembered.
    const lasting = book.dependsOnBodyAlone && options.model === undefined && !pacing?.slowdown
    const asked = { body: http.body ?? '', scope, dialect: dialect.id }
    const known = lasting ? memory.get(asked) : undefined
    if (known) {
      if (entry) entry.why = known.why ?? null
      if (known.kept) keptAnswers.add(scope, known.kept)
      return known.reply
    }
    let why: Why | undefined
    let kept: Kept | undefined
    const recall = new Recollection(keptAnswers, scope)
    const asking: Model<AnyReply> = (request, context) => {
      if (entry && recall.isAsked) entry.request = request
      return model(request, context)
    }
    const answered = await answerBody(
      http.body ?? '',
      { model: asking, modelNames, as },
      {
        http,
        scope,
        dialect,
        others: journal.underWay - (entry ? 1 : 0),
        gone: call.gone,
        recall,
        keep(said) {
          kept = said
        },
        tell(told) {
          why = told
          if (entry) entry.why = told
        },
      },
    )
    const reply = numbered(answered)
    const keeping = kept && {
      kept,
      body: asked.body,
      size: recall.size + asked.body.length + (isLive(reply) ? 0 : sizeOf(reply)),
    }
    if (keeping) keptAnswers.add(scope, keeping)
    if (lasting && !recall.isAsked && !isLive(reply)) {
      memory.add(asked, { reply, why, kept: keeping })
    }
    return reply
  }
  const answerKept: Handler<MockCall, AnyReply> = async (http, { scope, dialect }) =>
    dialect.answerKept?.(http, keptAnswers.in(scope)) ?? notFound(http, dialects)
  const broken = (handler: Handler<MockCall, AnyReply>) =>
    options.faultHeader ? faultByHeader(handler, { findFault, memory: faultMemory, seed }) : handler
  return {
    clock,
    journal,
    modelNames,
    dialects,
    faultMemory,
    numbering: (handler) => async (http, call) =>
      withRequestId(await handler(http, call), () =>
        requestIdOf(seed, http.method, pathOf(http.url), http.body ?? ''),
      ),
    async addInTurns(added, scope) {
      await inTurns(book.addInSteps(added, scope))
      memory.clear()
    },
    async remakeInTurns(others) {
      await inTurns(book.replaceInSteps(others))
      scenarios = others
      memory.clear()
      faultMemory.reset()
      keptAnswers.reset()
    },
    answer: broken(answer),
    answerKept: broken(answerKept),
    control: {
      journal,
      add(added, scope) {
        memory.clear()
        book.add(added, scope)
      },
      unused: (scope) => book.unused(scope),
      reset(scope) {
        memory.clear()
        book.reset(scope)
        faultMemory.reset(scope)
        keptAnswers.reset(scope)
        if (scope === undefined) book.add(scenarios)
        journal.clear(scope)
      },
    },
  }
}

function styled(
  dialects: readonly Dialect[],
  style: ResponseStyle | undefined,
): readonly Dialect[] {
  if (style === undefined) return dialects
  return dialects.map((dialect) => (dialect.id === responses.id ? responsesIn(style) : dialect))
}

async function inTurns(steps: Generator<undefined, void, void>): Promise<void> {
  while (!steps.next().done) await pause()
}

function withRequestId<Answer extends AnyReply>(reply: Answer, makeId: () => string): Answer {
  return headerValue(reply.headers, 'x-request-id') === undefined
    ? { ...reply, headers: [...reply.headers, ['x-request-id', makeId()]] }
    : reply
}

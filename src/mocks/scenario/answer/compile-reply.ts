import { type Answer, errorReply, type ToolResult } from '../../../protocol/index.ts'
import { type Handler, jsonReply, pause, type Reply, textReply } from '../../../wire/index.ts'
import { choiceSeeds } from '../../model/choice-seeds.ts'
import { deliver, holdBack } from '../../write/deliver.ts'
import type { FaultMemory } from '../../faults/fault-memory.ts'
import type { FindFault } from '../../faults/find-fault.ts'
import { sometimes } from '../../faults/sometimes.ts'
import type { JournaledCall } from '../../../journal/index.ts'
import type { CallContext } from '../../model.ts'
import type { SeededFaker } from '../../model/seeded-faker.ts'
import type { Pacing } from '../../pacing/pacing.ts'
import { compileAnswer } from './compile-answer.ts'
import { compileError } from './compile-error.ts'
import type { FaultSpec } from '../../faults/fault-spec.ts'
import type { AnswerSpec, ErrorSpec } from '../spec/scenario.ts'
import type { Situation } from '../match/situation.ts'
import type { Filling } from './template.ts'

const TEXT_TYPE = 'text/plain; charset=utf-8'

export interface ReplyOptions {
  readonly seed: number
  /** For answers that have none of their own. */
  readonly pacing?: Pacing | undefined
  readonly findFault: FindFault
  /** What faults remember. */
  readonly faultMemory: FaultMemory
}

export interface ReplyMakerOptions extends ReplyOptions {
  /** What the scenario's pattern finds in the words of the user. */
  readonly groupsOf: (situation: Situation) => readonly string[]
  /** The result of a tool that the scenario is about. */
  readonly resultOf: (situation: Situation) => ToolResult | undefined
}

/** Makes a scenario's reply to a request that it matches. */
export type ReplyMaker = (situation: Situation, context: CallContext) => Promise<Reply>

/**
 * Compiles an answer to what makes its reply.
 *
 * @throws ScenarioError for a template that cannot be read; Error for what would never be said; what `findFault` throws for a fault.
 */
export function compileReply(spec: AnswerSpec, options: ReplyMakerOptions): ReplyMaker {
  const { error, pacing } = spec
  refuseUnsaid(spec)
  const make =
    error && error.afterTokens === undefined
      ? failing(error, pacing, options)
      : speaking(spec, options)
  return spec.fault === undefined ? make : broken(make, spec.fault, options)
}

/** Beside an error that comes at once, nothing is said: whoever wrote it meant it to come later. */
function refuseUnsaid({ error, pacing: _, fault: __, ...said }: AnswerSpec): void {
  const [[unsaid] = []] = Object.entries(said).filter(([, value]) => value !== undefined)
  if (!error || error.afterTokens !== undefined || unsaid === undefined) return
  throw new Error(
    `/then has "${unsaid}" beside an error that comes in its place; leave it out, or say after how much of it the error comes: error: { afterTokens: 2 }`,
  )
}

function failing(
  spec: ErrorSpec,
  pacing: Pacing | undefined,
  options: ReplyMakerOptions,
): ReplyMaker {
  const { seed } = options
  const fill = compileError(spec)
  const loadFaker = fakerFor(spec)
  return async (situation, { others }) => {
    const { request } = situation
    const seedOf = choiceSeeds(seed, request.messages)
    const seededFaker = await loadFaker()
    const error = fill(fillingOf(situation, options, () => seededFaker(seedOf(0))))
    return holdBack(errorAnswer(error), request, { seed, pacing, others })
  }
}

/** What makes values up takes long to load, and few templates name it. */
function fakerFor(spec: AnswerSpec | ErrorSpec): () => Promise<SeededFaker> {
  if (!JSON.stringify(spec).includes('faker.')) return async () => UNNAMED
  return async () => (await import('../../model/seeded-faker.ts')).seededFaker
}

const UNNAMED: SeededFaker = () => {
  throw new Error('no template names what makes values up')
}

/** What an answer is filled in with; what the pattern finds is looked for once, for all choices. */
function fillingOf(
  situation: Situation,
  { groupsOf, resultOf }: ReplyMakerOptions,
  faker: Filling['faker'],
): Filling {
  let found: readonly string[] | undefined
  return {
    situation,
    groups: () => (found ??= groupsOf(situation)),
    toolResult: () => resultOf(situation),
    faker,
  }
}

function speaking(spec: AnswerSpec, options: ReplyMakerOptions): ReplyMaker {
  const makeAnswer = compileAnswer(spec)
  const { seed } = options
  const { usage, pacing = options.pacing, error } = spec
  const fillError = error && compileError(error)
  const loadFaker = fakerFor(spec)
  return async (situation, { others, dialect, keep }) => {
    const { request } = situation
    const seedOf = choiceSeeds(seed, request.messages)
    const seededFaker = await loadFaker()
    const filling = fillingOf(situation, options, () => seededFaker(seedOf(0)))
    const answers: Answer[] = []
    for (let choice = 0; choice < (request.n ?? 1); choice++) {
      const answer = await makeAnswer({ ...filling, faker: () => seededFaker(seedOf(choice)) })
      // How long the first is, is for the scenario to say; how many there are, for the request.
      if (choice > 0) situation.budget.spend('characters', lengthOf(answer), 'n')
      answers.push(answer)
      await pause()
    }
    const told = fillError?.(filling)
    const failure = told && {
      afterTokens: told.afterTokens ?? 0,
      reply: await holdBack(errorAnswer(told), request, { seed, pacing: spec.pacing, others }),
    }
    return deliver(request, answers, {
      dialect,
      seed,
      budget: situation.budget,
      pacing,
      others,
      usage,
      failure,
      keep,
    })
  }
}

function lengthOf({ text, calls, reasoning = '', refusal = '', bufferWords = '' }: Answer): number {
  const args = calls.reduce((sum, call) => sum + call.arguments.length, 0)
  return text.length + reasoning.length + refusal.length + bufferWords.length + args
}

function errorAnswer({ status = 500, headers = {}, body, ...error }: ErrorSpec): Reply {
  const lines = Object.entries(headers)
  if (typeof body === 'string') return textReply(status, TEXT_TYPE, body, lines)
  if (body !== undefined) return jsonReply(status, body, lines)
  const { message = `The mock was told to answer with status ${status}.`, ...rest } = error
  return errorReply({ status, message, headers: lines, ...rest })
}

/** What goes with a request on its way through a fault, which may hand over another request. */
interface ScenarioCall extends JournaledCall {
  readonly situation: Situation
  readonly context: CallContext
}

/** What a fault remembers belongs to the scenario, so it is wrapped around all its replies once. */
function broken(
  make: ReplyMaker,
  spec: string | FaultSpec,
  { findFault, faultMemory, seed }: ReplyOptions,
): ReplyMaker {
  const { name, rate = 1 } = typeof spec === 'string' ? { name: spec } : spec
  const right: Handler<ScenarioCall> = async ({ body }, { situation, context }) => {
    if (body === context.http.body) return make(situation, context)
    const read = context.dialect.readRequest(body ?? '', undefined, context.recall)
    return 'error' in read
      ? errorReply(read.error)
      : make(situation.withRequest(read.request), context)
  }
  const handler = faultMemory.inject(sometimes(findFault(name), rate, seed), right)
  return async (situation, context) => {
    const { gone, scope } = context
    return handler(context.http, { gone, scope, entry: undefined, situation, context })
  }
}

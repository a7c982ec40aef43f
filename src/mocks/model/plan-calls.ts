import type { Faker } from '@faker-js/faker'
import {
  type ChatRequest,
  isJsonObject,
  isSystemTool,
  type Json,
  type JsonObject,
  type Offer,
  type PlannedCall,
  type Turn,
} from '../../protocol/index.ts'
import type { Budget } from '../effort/budget.ts'
import type { Chosen } from './choose-tools.ts'
import { heard } from './heard.ts'
import { identifiers } from './identifiers.ts'
import { phoneNumberOf } from './phone-number-of.ts'
import { placesNamed, whereabouts } from '../words/places-named.ts'
import { isPlace } from '../synthesis/place-for.ts'
import type { SynthesisContext } from '../synthesis/synthesis-state.ts'
import { synthesize } from '../synthesis/synthesize.ts'
import { UnmetSchemaError } from '../synthesis/unmet-schema-error.ts'

export interface PlanOptions {
  readonly faker: Faker
  readonly budget: Budget
}

/**
 * Makes up the calls of tools: one each, or one for each thing, or place, the caller named.
 *
 * @throws BudgetError for a schema that asks for more than the budget has left.
 */
export function planCalls(
  { offers, atMost }: Chosen,
  turn: Turn,
  options: PlanOptions,
): PlannedCall[] {
  if (atMost === 0) return []
  const said = heard(turn) ?? ''
  return offers
    .slice(0, atMost)
    .flatMap((offer) => callsOf(offer, said, turn.request, options))
    .slice(0, atMost)
}

function callsOf(
  offer: Offer,
  said: string,
  request: ChatRequest,
  { faker, budget }: PlanOptions,
): PlannedCall[] {
  const { name, parameters, at } = offer
  const named = identifiers(said)
  const context = {
    faker,
    said,
    identifiers: named,
    phoneNumber: () => phoneNumberOf(offer),
    budget,
    at: `${at}.parameters`,
  }
  if (offer.kind === 'custom')
    return [{ name, arguments: textFor(offer, { ...context, ordinal: 0 }) }]
  // Arguments are an object, where the schema leaves that open.
  const schema: JsonObject = { type: 'object', ...(parameters as JsonObject | null | undefined) }
  const single = isSystemTool(name) || request.parallel_tool_calls === false
  const places = takesPlace(schema) ? whereabouts(placesNamed(said)) : []
  const length = single ? 1 : Math.max(1, named.length > 0 ? named.length : places.length)
  return Array.from({ length }, (_, ordinal) => ({
    name,
    arguments: JSON.stringify(synthesizeObject(schema, { ...context, ordinal })),
  }))
}

function takesPlace({ properties }: JsonObject): boolean {
  return isJsonObject(properties) && Object.keys(properties).some(isPlace)
}

/** What matches the grammar, where it is a regular expression; else the caller's words. */
function textFor({ pattern, at }: Offer, context: SynthesisContext): string {
  if (pattern === undefined) return context.said
  const schema = { type: 'string', pattern: `^(?:${pattern})$` }
  return synthesize(schema, { ...context, at: `${at}.format.grammar.definition` }) as string
}

function synthesizeObject(schema: JsonObject, context: SynthesisContext): Json {
  const value = synthesize(schema, context)
  if (isJsonObject(value)) return value
  throw new UnmetSchemaError(context.at, 'must allow an object, since arguments are one')
}

import { readFileSync } from 'node:fs'
import type { JSONSchema } from 'json-schema-to-ts'
import {
  chatRequestSchema,
  type JsonObject,
  responsesRequestSchema,
  type Shape,
} from '../../protocol/index.ts'
import { expectationSchema } from '../evidence/expectation.ts'

/** The body of a request for an answer, in the form of either API, as `dialectOfRequest` tells them apart. */
export const requestBodySchema = {
  type: 'object',
  if: {
    not: { required: ['messages'] },
    anyOf: [{ required: ['input'] }, { required: ['previous_response_id'] }],
  },
  then: responsesRequestSchema,
  else: chatRequestSchema,
} as const satisfies JSONSchema

/** A recorded request: what an agent sends, and what that exercises. */
export const requestFixtureSchema = {
  $id: 'https://unpkg.com/llm-soundcheck/schemas/request-fixture.schema.json',
  title: 'A request that soundcheck replays',
  type: 'object',
  required: ['request'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    title: { type: 'string' },
    exercises: { type: 'string' },
    request: requestBodySchema,
    expect: expectationSchema,
  },
} as const satisfies JSONSchema

export type RequestFixture = Shape<typeof requestFixtureSchema>

/** Reads the request of a fixture that ships with the package. */
export function requestFixture(name: string): JsonObject {
  const file = new URL(`../../../fixtures/requests/${name}.json`, import.meta.url)
  const fixture = JSON.parse(readFileSync(file, 'utf8')) as RequestFixture
  return fixture.request as JsonObject
}

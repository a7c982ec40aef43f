import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/conformance/index.ts'
import { bytes } from '../../support/bytes.ts'
import { exchange, reasonOf, said } from '../../support/said.ts'

const listed = (status: number, body: string) =>
  exchange({
    id: 'models-1',
    probe: 'models',
    request: { method: 'GET', url: 'https://api.example.com/v1/models', headers: [], body: null },
    response: { status, statusText: '', headers: [], atMs: 1 },
    arrivals: [{ atMs: 2, bytes: bytes(body) }],
  })
const asked = (model: unknown) =>
  exchange({
    probe: 'streamed-turn',
    request: { ...exchange({}).request, body: JSON.stringify({ stream: true, model }) },
  })

describe('models/list', () => {
  test.each([
    [500, '', 'The request for the list of models was answered with status 500.'],
    [200, 'ok', 'The list of models is not JSON.'],
    [200, '{"models": []}', 'The list of models has no `data` array.'],
    [200, '7', 'The list of models has no `data` array.'],
    [200, '{"data": [{"name": "m"}]}', 'A model in the list has no `id`.'],
  ])('%i %s', (status, body, message) => {
    expect(said('models/list', listed(status, body))).toEqual([`info: ${message}`])
  })

  test('no answer', () => {
    const silent = { ...listed(0, ''), response: null, end: { how: 'timeout', atMs: 300 } } as const
    expect(said('models/list', silent)).toEqual([
      'info: The request for the list of models was not answered.',
    ])
  })

  test.each([404, 405, 501])('an endpoint may have none: %i', (status) => {
    expect(reasonOf('models/list', listed(status, ''))).toBe('there is no list of models')
  })

  test('`object` may be missing', () => {
    expect(said('models/list', listed(200, '{"data": [{"id": "m"}]}'))).toEqual([])
  })
})

describe('models/configured-listed', () => {
  const compared = (model: unknown, body: string, status = 200) => {
    const both = [listed(status, body), asked(model)]
    const { files } = lint(
      both.map((each, i) => ({ file: `${i}`, exchange: each })),
      { only: ['models/configured-listed'] },
    )
    const told = files.flatMap(({ checks }) => checks[0]!.findings.map(({ message }) => message))
    return told.length > 0 ? told : reasonOf('models/configured-listed', ...both)
  }

  test('a model that is not listed', () => {
    expect(compared('mine', '{"data": [{"id": "yours"}]}')).toEqual([
      'The model "mine" is not in the list of models.',
    ])
  })

  test.each(['mine', 'models/mine', 'vendor/mine', 'mine:latest'])('listed as %s', (id) => {
    expect(compared('mine', JSON.stringify({ data: [{ id }] }))).toBeNull()
  })

  test.each([
    ['custom-model', '{"data": [{"id": "yours"}]}', 200, 'no model was configured'],
    [undefined, '{"data": [{"id": "yours"}]}', 200, 'no request names a model'],
    ['mine', '{"data": []}', 200, 'there is no list of models'],
    ['mine', '', 404, 'there is no list of models'],
  ])('%s, %s, %i: nothing to judge', (model, body, status, reason) => {
    expect(compared(model, body, status)).toBe(reason)
  })
})

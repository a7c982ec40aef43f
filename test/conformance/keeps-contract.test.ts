import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { firstBreach, lint } from '../../src/conformance/index.ts'
import { ExchangeReading } from '../../src/protocol/index.ts'
import { type Exchange, exchangeFromJson } from '../../src/wire/index.ts'
import { record } from '../../src/wire/node.ts'
import { mutantsIn } from '../support/mutants.ts'
import { referenceServer } from '../support/reference-server.ts'

const folder = new URL('../../fixtures/exchanges/legal/', import.meta.url)
const mutants = mutantsIn()
  .filter(({ id }) => /^(?:chunk|sse)\//.test(id))
  .map(({ id, name, fault }) => [`${id} ${name}`, fault] as const)

/** What the linter says, latency aside. */
function lintKeeps(exchange: Exchange): boolean {
  return lint([{ file: 'x', exchange }], { skip: ['latency'] }).verdict !== 'fail'
}

test.each(readdirSync(folder))('%s keeps it', (file) => {
  const exchange = exchangeFromJson(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  // A refusal is told by its status, which no check minds.
  expect(firstBreach(new ExchangeReading(exchange))?.check ?? null).toBeNull()
})

test('what the linter fails breaks it, and nothing else', async () => {
  const verdicts = new Set<boolean>()
  for (const [name, fault] of mutants) {
    const url = await referenceServer({ fault })
    const body = {
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content: 'Are you open?' }],
    }
    const exchange = await record(
      {
        method: 'POST',
        url: `${url}/chat/completions`,
        headers: [['content-type', 'application/json']],
        body: JSON.stringify(body),
      },
      { probe: 'bench', id: 'bench1-1', timeoutMs: 1_000, terminator: { data: '[DONE]' } },
    )
    const keeps = firstBreach(new ExchangeReading(exchange)) === null
    expect(keeps, name).toBe(lintKeeps(exchange))
    verdicts.add(keeps)
  }
  expect(verdicts).toEqual(new Set([true, false]))
})

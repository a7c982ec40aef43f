import { beforeAll, describe, expect, test } from 'vitest'
import { playEach } from '../../../scripts/play-each.ts'
import { checksFor, lint } from '../../../src/conformance/index.ts'
import { requestFixture } from '../../../src/conformance/probes/request-fixture.ts'
import { chat } from '../../../src/protocol/index.ts'
import { startServer } from '../../../src/server/index.ts'
import { openPass } from '../../../src/tap/pass/open-pass.ts'
import type { Exchange, Fault } from '../../../src/wire/index.ts'
import { record } from '../../../src/wire/node.ts'
import { exchangeGist } from '../../support/exchange-gist.ts'
import { mutantsIn } from '../../support/mutants.ts'

const FIXTURES = ['streamed-turn', 'tool-result', 'two-tools', 'non-stream', 'two-choices']
const BODIES = FIXTURES.map((name) => JSON.stringify(requestFixture(name)))
const mutants = mutantsIn()

/** Times differ by what lies between, so only the check that a mutant is about judges them. */
function verdictsOn(exchange: Exchange, check?: string) {
  const skip = checksFor(chat).flatMap(({ id }) =>
    id.startsWith('latency/') && id !== check ? [id] : [],
  )
  const { verdict, files } = lint([{ file: 'x', exchange }], { skip })
  const findings = files[0]!.checks.map(({ id, status, findings: found }) => [
    id,
    status,
    found.map(({ severity, message }) => `${severity}: ${message.replaceAll(/\d+ ms/g, 'N ms')}`),
  ])
  return { verdict, findings }
}

/** What a client recorded, and what was seen of it. */
type Pair = readonly [recorded: Exchange, seen: Exchange]

async function play(fault: Fault): Promise<Pair[]> {
  await using server = await startServer({ fault })
  const seen: Exchange[] = []
  const pass = await openPass({
    upstream: new URL(server.url),
    host: '127.0.0.1',
    port: 0,
    onExchange: (exchange) => void seen.push(exchange),
  })
  const recorded: Exchange[] = []
  for (const body of BODIES) {
    recorded.push(
      await record(
        {
          method: 'POST',
          url: `${pass.url}/v1/chat/completions`,
          headers: [['content-type', 'application/json']],
          body,
        },
        { probe: 'turn', timeoutMs: 10_000 },
      ),
    )
    // It would say nothing to the others, either.
    if (recorded.at(-1)!.end.how === 'timeout') break
  }
  await pass.close()
  return recorded.map((each, i) => [each, seen[i]!])
}

const played = new Map<Fault, Pair[]>()
beforeAll(async () => {
  await playEach(mutants, async ({ fault }) => played.set(fault, await play(fault)))
}, 600_000)

describe.each(mutants)('$id $name', ({ id, fault }) => {
  test('is seen as a client records it, and judged so', () => {
    for (const [recorded, seen] of played.get(fault)!) {
      if (recorded.end.how === 'timeout') {
        expect(seen.end.how).toBe('aborted')
        continue
      }
      expect(exchangeGist(seen)).toEqual(exchangeGist(recorded))
      expect(verdictsOn(seen, id)).toEqual(verdictsOn(recorded, id))
    }
  })
})

test('most mutants are found in what was seen', () => {
  const failed = [...played.values()].filter((pairs) =>
    pairs.some(([, seen]) => verdictsOn(seen).verdict === 'fail'),
  )
  expect(failed.length).toBeGreaterThan(80)
})

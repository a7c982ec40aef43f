import { afterAll, describe, expect, test } from 'vitest'
import { policyFor } from '../../scripts/check-reference.ts'
import { playEach } from '../../scripts/play-each.ts'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { check, type Exchange, findingsIn, Linter } from '../../src/conformance/index.ts'
import { asksForAnswer, chat, type Dialect, responses } from '../../src/protocol/index.ts'
import { startServer } from '../../src/server/index.ts'
import { startTap } from '../../src/tap/index.ts'
import { type Fault, headerValue } from '../../src/wire/index.ts'
import { mutantsIn } from '../support/mutants.ts'
import { settled } from '../support/settled.ts'
import { SwitchedFault } from '../support/switched-fault.ts'

const named = (dialect: Dialect) =>
  mutantsIn(dialect).map((mutant) => ({
    ...mutant,
    dialect,
    name: `${mutant.name} in ${dialect.id}`,
  }))
const inChat = named(chat)
const ofBoth = new Set(inChat.map(({ id }) => id))
/** What both dialects are judged by is judged alike. */
const mutants = [...inChat, ...named(responses).filter(({ id }) => !ofBoth.has(id))]

const LARGE = 50_000

/** How fast a busy machine is, is not the question; nor do names of probes pass. */
const linter = new Linter({ skip: ['latency', 'isolation', 'behaviour', 'models', 'replay'] })

/**
 * Which checks an exchange fails by itself, if the endpoint ended it: of who leaves, both sides have their
 * own view. That a request is sent to be refused does not pass.
 */
function failedBy({ purpose: _, ...exchange }: Exchange): string[] {
  if (!['complete', 'failed'].includes(exchange.end.how) || !asksForAnswer(exchange.request))
    return []
  // Of what was refused as too large, not all was sent, and not all is kept.
  if ((exchange.request.body?.length ?? LARGE) >= LARGE) return []
  const own = { ...exchange, id: 'tap', probe: 'tap' }
  return findingsIn(linter.lint([{ file: 'tap', exchange: own }])).map((each) => each.check)
}

/** What a check sends is told apart by it. */
const MUTANT = 'x-mutant'

/** A server before which a tap stands: to start one takes longer than most mutants are played. */
async function openStage() {
  const broken = new SwitchedFault()
  const server = await startServer({ fault: broken.fault })
  /** What was found in each exchange that has passed, by the mutant. */
  const passed = new Map<string, readonly (readonly string[])[]>()
  const tap = await startTap<string>({
    upstream: server.url,
    judge: async (exchange) => failedBy(exchange),
    onExchange({ exchange, findings }) {
      const mutant = headerValue(exchange.request.headers, MUTANT) ?? ''
      passed.set(mutant, [...(passed.get(mutant) ?? []), findings])
    },
  })
  return {
    url: tap.url,
    breakBy: (fault: Fault) => broken.switchTo(fault),
    /** Which checks failed for a mutant, when so many of its exchanges have passed. */
    async failedFor(mutant: string, count: number) {
      const found = () => passed.get(mutant) ?? []
      await settled(() => found().length >= count)
      return found().flat()
    },
    async close() {
      await tap.close()
      await server.close()
    },
  }
}

type Stage = Awaited<ReturnType<typeof openStage>>

/** What is found in what a check sends, seen by who sends it, and by a tap on the way. */
async function seenBothWays(mutant: (typeof mutants)[number]) {
  const stage = free.pop() ?? (await openStage())
  try {
    const shown = await seenIn(stage, mutant, true)
    return shown.sent.length > 0 ? shown : await seenIn(stage, mutant, false)
  } finally {
    free.push(stage)
  }
}

/** Few requests show most of what many would. */
async function seenIn(
  stage: Stage,
  { id, name, fault, dialect }: (typeof mutants)[number],
  quick: boolean,
) {
  const sent: string[] = []
  const mutant = `${id} ${name}${quick ? ', quick' : ''}`
  let count = 0
  stage.breakBy(fault)
  // An endpoint that refuses everything is seen, too.
  await check({
    url: stage.url,
    dialect,
    limits: UNHURRIED,
    ...policyFor(id),
    headers: [[MUTANT, mutant]],
    timeoutMs: 10_000,
    only: [id],
    quick,
    onExchange(exchange) {
      count++
      sent.push(...failedBy(exchange))
    },
  }).catch((error: Error) => expect(error.name).toBe('SoundcheckError'))
  const passed = await stage.failedFor(mutant, count)
  return { sent: [...new Set(sent)].toSorted(), passed: [...new Set(passed)].toSorted() }
}

const free: Stage[] = []
afterAll(async () => void (await Promise.all(free.map((stage) => stage.close()))))
const seen = playEach(mutants, async (mutant) => ({
  mutant: `${mutant.id} ${mutant.name}`,
  seen: await seenBothWays(mutant),
})).then((each) => new Map(each.map(({ mutant, seen: both }) => [mutant, both])))

describe('a tap before an endpoint that is broken', () => {
  test.each(mutants)(
    'by $id $name finds what is found without it',
    async ({ id, name }) => {
      const { sent, passed } = (await seen).get(`${id} ${name}`)!
      expect(passed).toEqual(sent)
    },
    600_000,
  )
})

test('most of what is broken shows in what passes', async () => {
  const shown = [...(await seen).values()].filter(({ sent }) => sent.length > 0)
  expect(shown.length).toBeGreaterThan(mutants.length * 0.7)
}, 600_000)

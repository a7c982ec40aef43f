import { describe, expect, test } from 'vitest'
import { policyFor } from '../../scripts/check-reference.ts'
import { playEach } from '../../scripts/play-each.ts'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { check, type Exchange, findingsIn, lint } from '../../src/conformance/index.ts'
import { chat, type Dialect, responses } from '../../src/protocol/index.ts'
import { startServer } from '../../src/server/index.ts'
import { asksForAnswer, startTap } from '../../src/tap/index.ts'
import { mutantsIn } from '../support/mutants.ts'

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
const POLICY = { skip: ['latency', 'isolation', 'behaviour', 'models', 'replay'] }

/**
 * Which checks an exchange fails by itself, if the endpoint ended it: of who leaves, both sides have their
 * own view. That a request is sent to be refused does not pass.
 */
function failedBy({ purpose: _, ...exchange }: Exchange): string[] {
  if (!['complete', 'failed'].includes(exchange.end.how) || !asksForAnswer(exchange)) return []
  // Of what was refused as too large, not all was sent, and not all is kept.
  if ((exchange.request.body?.length ?? LARGE) >= LARGE) return []
  const own = { ...exchange, id: 'tap', probe: 'tap' }
  return findingsIn(lint([{ file: 'tap', exchange: own }], POLICY)).map((each) => each.check)
}

/** What is found in what a check sends, seen by who sends it, and by a tap on the way. */
async function seenBothWays(mutant: (typeof mutants)[number]) {
  const shown = await seenIn(mutant, true)
  return shown.sent.length > 0 ? shown : seenIn(mutant, false)
}

/** Few requests show most of what many would. */
async function seenIn({ id, fault, dialect }: (typeof mutants)[number], quick: boolean) {
  const server = await startServer({ fault })
  const [sent, passed]: [string[], string[]] = [[], []]
  const tap = await startTap<string>({
    upstream: server.url,
    judge: async (exchange) => failedBy(exchange),
    onFinding: (finding) => passed.push(finding),
  })
  try {
    // An endpoint that refuses everything is seen, too.
    await check({
      url: tap.url,
      dialect,
      limits: UNHURRIED,
      ...policyFor(id),
      timeoutMs: 10_000,
      only: [id],
      quick,
      onExchange: (exchange) => sent.push(...failedBy(exchange)),
    }).catch((error: Error) => expect(error.name).toBe('SoundcheckError'))
  } finally {
    await tap.close()
    await server.close()
  }
  return { sent: [...new Set(sent)].toSorted(), passed: [...new Set(passed)].toSorted() }
}

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

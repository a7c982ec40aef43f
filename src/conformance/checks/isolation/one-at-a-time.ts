import type { HttpRequest, Call, Handler } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { inconclusive, skip } from '../../check/gap.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { isWhole } from '../../evidence/is-whole.ts'
import { overlap } from '../../evidence/overlap.ts'
import { ROUNDS, servedInTurn } from '../../evidence/served-in-turn.ts'
import { pause, setTimes } from '../../faults/index.ts'

/** How long the mutant streams each reply. */
const SERVED_MS = 500
/** Until the next is served: half of what the rule allows, either way. */
const BETWEEN_MS = 500

export default defineCheck({
  id: 'isolation/one-at-a-time',
  title: 'Two calls at once are answered at once',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Many calls, and several turns of one call, are under way at the same time',
    ...ELEVENLABS,
    seenIn: issue('oobabooga/textgen', 5_300),
  },
  effect: 'Each caller hears silence for as long as the replies to all others take.',
  fix: 'Do not block while you wait for the model (async clients, no lock around the stream), run more than one worker, or let the model server take requests together (llama-server --parallel, OLLAMA_NUM_PARALLEL).',
  probes: ['two-callers'],
  needs: ['exchange', 'admitted'],
  *compare(evidence) {
    if (evidence.length < 2) return skip('no two requests were sent at once')
    if (evidence.filter(isWhole).length < 2) return inconclusive('no two replies were whole')
    const rounds = evidence.flatMap((a, i) =>
      evidence.slice(i + 1).flatMap((b) => (overlap(a, b) ? [servedInTurn(a, b)] : [])),
    )
    const [waited] = rounds
    if (!waited || rounds.length < ROUNDS || rounds.includes(undefined)) return undefined
    // Of two that are not in each other's way, one may always be slow.
    if (new Set(rounds.map((round) => round?.later.exchange?.request.body)).size < 2)
      return undefined
    const [firstMs, endMs] = [waited.firstMs, waited.endMs].map(Math.round)
    yield {
      message: `Of two requests at once, the second got its first words after ${firstMs} ms, once the reply to the first was over (${endMs} ms); so it was each of ${rounds.length} times.`,
      expected: 'words for both before either reply is over',
      actual: `${firstMs} ms`,
      evidence: waited.later,
    }
    return undefined
  },
  mutants: {
    'one-at-a-time': {
      wrap<C extends Call>(handler: Handler<C>): Handler<C> {
        let last: Promise<unknown> = Promise.resolve()
        return async (request, call) => {
          if (!asksForStory(request)) return handler(request, call)
          const before = last
          last = before.then(() => pause(SERVED_MS + BETWEEN_MS))
          await before
          return setTimes((i) => Math.min(SERVED_MS, 5 * i))(await handler(request, call), request)
        }
      },
    },
  },
})

function asksForStory({ body }: HttpRequest): boolean {
  return body?.includes('a short story') === true
}

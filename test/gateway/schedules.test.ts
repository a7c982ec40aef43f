import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UpstreamError } from '../../src/gateway/upstream/upstream-error.ts'
import { heardIn, observedGateway } from '../support/ask-gateway.ts'
import { scriptedUpstream } from '../support/scripted-upstream.ts'

const ms = fc.integer({ min: 0, max: 12 })
const request = fc.record(
  {
    at: ms,
    conversation: fc.constantFrom('a', '__proto__'),
    content: fc.constantFrom('1', '2'),
    leavesAfter: ms,
  },
  { requiredKeys: ['at', 'content'] },
)
const script = fc.constantFrom<(string | number | Error)[]>(
  [1, 'We are', 4, ' open.', 2],
  ['We are', 6, ' open.'],
  [3, new UpstreamError('failed', 'it broke')],
  ['We are', 3, new UpstreamError('broken', 'it broke')],
)

test('however callers come, revise, repeat and leave, each answer is whole, and all is accounted for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 6 }),
      script,
      fc.option(ms, { nil: undefined }),
      async (requests, steps, stopsAt) => {
        const upstream = scriptedUpstream(steps)
        const { ask, gateway, records } = observedGateway([upstream], {
          bufferWords: { afterMs: 3, words: ['Hm'] },
          countTokens: async (text) => sleep(1, text.length),
          // What goes wrong in one run is no reason to pass over it in the next moment.
          fallback: { failures: 1_000 },
        })
        const stop = stopsAt === undefined ? undefined : setTimeout(gateway.endAll, stopsAt)
        await Promise.all(
          requests.map(async ({ at, conversation, content, leavesAfter }) => {
            await sleep(at)
            const leaving = new AbortController()
            const timer =
              leavesAfter === undefined ? undefined : setTimeout(() => leaving.abort(), leavesAfter)
            try {
              const response = await ask({
                body: { messages: [{ role: 'user', content }] },
                headers: conversation ? [['x-conversation-id', conversation]] : [],
                signal: leaving.signal,
              })
              if (response.status !== 200) return
              const heard = await heardIn(response)
              expect('Hm... We are open.').toContain(heard.text)
              expect(heard.finish.length).toBeLessThanOrEqual(1)
              expect(heard.roles).toEqual(['assistant'])
              expect(heard.ids.size).toBe(1)
              expect(heard.isDone).toBe(heard.error === undefined)
              if (heard.isDone) expect(heard.finish).toEqual(['stop'])
            } catch (error) {
              if (!leaving.signal.aborted) throw error
            } finally {
              clearTimeout(timer)
            }
          }),
        )
        clearTimeout(stop)
        await expect.poll(() => records.length).toBe(requests.length)
        expect(gateway.underWay).toBe(0)
        const attempts = records.flatMap((record) => record.attempts)
        expect(attempts).toHaveLength(upstream.asked.length)
      },
    ),
    { numRuns: 60 },
  )
})

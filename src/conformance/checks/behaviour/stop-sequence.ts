import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST } from '../../check/sources.ts'
import { rewriteRequest } from '../../faults/index.ts'

export default defineCheck({
  id: 'behaviour/stop-sequence',
  title: 'A reply ends before a stop sequence',
  severity: 'info',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The API stops generating at a stop sequence; the returned text does not contain it',
    ...OPENAI_REQUEST,
    seenIn: issue('vllm-project/vllm', 42_210),
  },
  effect: 'Frameworks that end a turn by a stop sequence speak what should have been cut.',
  fix: 'Hand `stop` on to your model, or cut the text where one of them begins.',
  probes: ['two-choices'],
  needs: ['request', 'content'],
  *inspect(evidence) {
    const stops = [evidence.request['stop'] ?? []].flat().filter((stop) => typeof stop === 'string')
    if (stops.length === 0) return skip('the request went out without stop')
    const { choices } = evidence.reading
    for (const { text, latest } of choices) {
      const stop = stops.find((each) => text.includes(each))
      if (stop === undefined) continue
      yield {
        message: `The reply contains the stop sequence "${stop}".`,
        expected: `a reply that ends before "${stop}"`,
        actual: text,
        ...evidence.where(latest),
      }
      return
    }
    // Otherwise the model never got as far.
    if (!/\bsix\b/i.test(evidence.text)) return skip('the reply does not come to a stop sequence')
  },
  mutants: { 'ignore-stop': rewriteRequest(({ stop: _, ...request }) => request) },
})

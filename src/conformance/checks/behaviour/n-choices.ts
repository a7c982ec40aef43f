import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST } from '../../check/sources.ts'
import { editChoices } from '../../faults/index.ts'

export default defineCheck({
  id: 'behaviour/n-choices',
  title: '`n` gives as many choices, or is refused',
  severity: 'info',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'n: how many chat completion choices to generate for each input message',
    ...OPENAI_REQUEST,
    seenIn: issue('BerriAI/litellm', 3276),
  },
  effect: 'A client that asks for several replies gets one, or two that are mixed up.',
  fix: 'Give each choice its own index, or refuse "n" above 1 with status 400.',
  probes: ['two-choices'],
  needs: ['request', 'whole', 'chunks'],
  *inspect({ request, reading }) {
    const { n } = request
    if (typeof n !== 'number' || n < 2) return skip('the request went out without n')
    const indexes = reading.choices.map(({ index }) => index)
    if (indexes.length >= n) return
    yield {
      message: `The request asks for ${n} choices; the stream has ${indexes.length}.`,
      expected: `choices with the indexes 0 to ${n - 1}, or status 400`,
      actual: `the indexes ${indexes.join(', ')}`,
    }
  },
  mutants: {
    'n2-index-zero': editChoices((choice) => {
      choice.index = 0
    }),
  },
})

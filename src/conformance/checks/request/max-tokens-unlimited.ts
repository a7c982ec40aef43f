import { defineCheck } from '../../check/define-check.ts'
import { inconclusive } from '../../check/gap.ts'
import { showFinish } from '../../observe/show-finish.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { isCutShort } from '../../evidence/is-cut-short.ts'
import { isWhole } from '../../evidence/is-whole.ts'
import { wordsOf } from '../../evidence/words-of.ts'
import { refuseWhen, rewriteRequest } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { tokenLimit } from './plain-fields.ts'
import { refusedFor } from './refused-for.ts'
import { limitOf, type RequestFeature, without } from './request-feature.ts'

export const unlimitedTokens: RequestFeature = {
  name: '`"max_tokens": -1`',
  nameIn: { responses: '`"max_output_tokens": -1`' },
  needed: false,
  isIn: (request) => limitOf(request) === -1,
  removeFrom: without('max_tokens', 'max_completion_tokens'),
}

const { isIn, removeFrom } = unlimitedTokens

export default defineCheck({
  id: 'request/max-tokens-unlimited',
  title: '`"max_tokens": -1` is accepted, and limits nothing',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'An agent whose replies are not limited sends `"max_tokens": -1`',
    ...ELEVENLABS,
  },
  effect: 'Every turn of an agent without a token limit is refused or empty, and the call ends.',
  fix: 'Drop `max_tokens` when it is negative, or set "Limit token usage" in the agent.',
  wordsIn: {
    responses: {
      title: '`"max_output_tokens": -1` is accepted, and limits nothing',
      requirement: {
        text: 'An agent whose replies are not limited sends -1 for its limit',
        ...ELEVENLABS,
      },
      fix: 'Drop `max_output_tokens` when it is negative, or set "Limit token usage" in the agent.',
    },
  },
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  *compare(evidence) {
    if (refusedFor(tokenLimit, evidence).length > 0) {
      return inconclusive('explained by request/plain-fields')
    }
    const [cut, ...alike] = cutShort(evidence)
    if (cut) {
      yield {
        message: `With \`"${wordsOf(cut).limit}": -1\` the reply is ${cut.text === '' ? 'empty' : 'cut short'}; the same request without it got a whole one.`,
        expected: 'a reply without a limit',
        actual: `${showFinish(cut)}: ${cut.text}`,
        evidence: cut,
        alike,
      }
    }
    return yield* observeRefusals(evidence, unlimitedTokens)
  },
  mutants: {
    'reject-max-tokens-minus-1': refuseWhen(isIn, 'value must be at least 1'),
    'max-tokens-minus-1-as-1': rewriteRequest((request) =>
      isIn(request) ? { ...removeFrom(request), max_tokens: 1 } : request,
    ),
  },
  echoes: [...ECHOES_OF_REFUSAL, 'stream/empty-reply'],
})

/** Replies that lack what the same request got without the limit, and never got with it. */
function cutShort(evidence: readonly Evidence[]): Evidence[] {
  const whole = new Set(
    evidence
      .filter((each) => isWhole(each) && !isCutShort(each))
      .map(({ request }) => JSON.stringify(request)),
  )
  return evidence.filter(
    (each) =>
      each.request &&
      isIn(each.request) &&
      isCutShort(each) &&
      !whole.has(JSON.stringify(each.request)) &&
      whole.has(JSON.stringify(removeFrom(each.request))),
  )
}

import { clip } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { rewriteRequest } from '../../faults/index.ts'

/** Fewer replies may be alike by chance. */
const MIN_REQUESTS = 3
/** A few may be answered by a rule, such as one for farewells. */
const USUAL_SHARE = 0.75
const MAX_QUOTED = 60
/** Texts of one length that begin and end alike, for so many characters, are taken to be the same. */
const MAX_SEEN = 1_000

export default defineCheck({
  id: 'behaviour/constant-reply',
  title: 'What a reply says depends on what was asked',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Given a list of messages comprising a conversation, the model will return a response',
    ...OPENAI_REQUEST,
    seenIn: issue('Blaizzy/mlx-vlm', 542),
  },
  effect: 'Whatever callers say, they hear the same.',
  fix: 'Check that the messages of the request reach your model, and that no mock, cache or fallback answers in its place.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'The input is what the model generates its response from',
        ...RESPONSES_REQUEST,
        seenIn: issue('Blaizzy/mlx-vlm', 542),
      },
      fix: 'Check that the input of the request reaches your model, and that no mock, cache or fallback answers in its place.',
    },
  },
  probes: 'every-stream',
  needs: ['exchange', 'request', 'content', 'untruncated'],
  holdsAmongCalls: 'finished',
  *compare(evidence) {
    const spoken = evidence.filter((each) => each.calls.length === 0 && textOf(each) !== '')
    if (bodiesOf(spoken).size < MIN_REQUESTS) return skip('there are too few replies to compare')
    const groups = [...Map.groupBy(spoken, (each) => sketch(textOf(each))).values()]
    const [same = []] = groups.toSorted((a, b) => b.length - a.length)
    const [first, ...others] = same
    const isUsual = same.length >= USUAL_SHARE * evidence.length
    if (first && isUsual && bodiesOf(same).size >= MIN_REQUESTS) {
      const text = textOf(first)
      const which =
        same.length === evidence.length
          ? 'Every reply says'
          : `${same.length} of ${evidence.length} replies say`
      yield {
        message: `${which} the same, whatever was asked: "${clip(text, MAX_QUOTED)}"`,
        expected: 'replies to what was asked',
        actual: text,
        evidence: first,
        alike: others,
      }
    }
    return undefined
  },
  mutants: {
    'constant-reply': rewriteRequest(({ tools: _, tool_choice: __, n: ___, ...request }) => ({
      ...request,
      messages: [{ role: 'user', content: 'Hello?' }],
    })),
  },
  echoes: [
    'request/content-parts',
    'request/unicode',
    'behaviour/tools-never-called',
    'behaviour/tool-result-used',
    'behaviour/tool-triggered',
    'behaviour/tool-choice-required',
    'behaviour/conversation-memory',
    'behaviour/n-choices',
    'isolation/revised-turn',
  ],
})

function bodiesOf(evidence: readonly Evidence[]): Set<string | null | undefined> {
  return new Set(evidence.map(({ exchange }) => exchange?.request.body))
}

function textOf({ reading }: Evidence): string {
  return reading.choices[0]?.text.trim() ?? ''
}

function sketch(text: string): string {
  return `${text.length} ${text.slice(0, MAX_SEEN)} ${text.slice(-MAX_SEEN)}`
}

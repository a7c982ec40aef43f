import { isJsonObject } from '../../../protocol/index.ts'
import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check.ts'
import type { Evidence } from '../../evidence.ts'
import { answerChatWith } from '../../mutate/index.ts'
import { ELEVENLABS } from '../../sources.ts'

const NO_BODY = [204, 205]

export default defineCheck({
  id: 'transport/status-ok',
  title: 'A well-formed turn is answered with status 200',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'Status 200 and a stream for every turn', ...ELEVENLABS },
  effect: 'The platform reports "custom_llm generation failed" and tears down the whole call.',
  fix: 'Look at the text of the error, and at your server log for this request (header x-soundcheck-probe).',
  probes: ['streamed-turn', 'streamed-story', 'two-tools'],
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    const { end, response } = evidence.exchange!
    const expected = 'status 200'
    if (!response) {
      const actual = end.how === 'failed' ? `${end.reason} (${end.code})` : end.how
      yield {
        message: `No response came within ${Math.round(end.atMs)} ms.`,
        expected,
        actual,
      }
    } else if (NO_BODY.includes(response.status)) {
      yield {
        message: `The turn was answered with status ${response.status}, which has no body to speak.`,
        expected,
        actual: `status ${response.status}`,
      }
    } else if (response.status < 200 || response.status > 299) {
      yield {
        message: `The turn was answered with status ${response.status}.`,
        expected,
        actual: `status ${response.status}${itsWords(evidence)}`,
      }
    }
  },
  mutants: {
    'status-500': answerChatWith(jsonReply(500, { error: { message: 'Internal error' } })),
    'status-204': answerChatWith({ status: 204, headers: [], frames: [] }),
  },
  echoes: ['transport/content-type'],
})

function itsWords({ json, opening }: Evidence): string {
  const error = isJsonObject(json)
    ? (json['error'] ?? json['detail'] ?? json['message'])
    : undefined
  const message = isJsonObject(error) ? error['message'] : error
  if (typeof message === 'string') return `: ${message}`
  return opening === '' ? '' : `: ${opening.slice(0, 200)}`
}

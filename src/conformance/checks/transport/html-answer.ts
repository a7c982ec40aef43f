import { textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check.ts'
import { answerChatWith } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

export default defineCheck({
  id: 'transport/html-answer',
  title: 'The answer is no web page',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The endpoint, and everything in front of it, lets a client through that is no browser',
    ...github('diegosouzapw/OmniRoute', 8923),
  },
  effect:
    'A login, a bot challenge or an error page stands where speech should be; the platform only says "custom_llm generation failed".',
  fix: 'Look at the page: let the path through the firewall or login (Cloudflare blocks by User-Agent), and check the URL.',
  probes: 'every-stream',
  needs: ['response'],
  *inspect(evidence) {
    const { opening } = evidence
    if (!/^<(?:!doctype html|html|head|body)\b/i.test(opening)) return
    const title = /<title[^>]*>([^<]*)/i.exec(opening)?.[1]?.trim()
    const status = evidence.exchange?.response?.status
    yield {
      message: `The answer is an HTML page${title ? `, titled "${title}"` : ''}${status === undefined ? '' : `, with status ${status}`}.`,
      expected: 'a stream of "data:" events',
      actual: opening.slice(0, 200),
    }
  },
  mutants: {
    'waf-html': answerChatWith(
      textReply(
        403,
        'text/html; charset=utf-8',
        '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>',
      ),
    ),
  },
  echoes: [
    'transport/status-ok',
    'transport/content-type',
    'sse/unknown-field',
    'sse/done',
    'sse/event-terminated',
    'stream/no-chunks',
  ],
})

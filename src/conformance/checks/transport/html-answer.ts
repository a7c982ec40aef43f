import { textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { fixPath } from './fix-path.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { answerChatWith } from '../../faults/index.ts'

export default defineCheck({
  id: 'transport/html-answer',
  title: 'The response is not an HTML page',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The platform, which is not a browser, gets through to the endpoint',
    ...ELEVENLABS,
    seenIn: issue('diegosouzapw/OmniRoute', 8923),
  },
  effect:
    'The platform gets a login page, a bot challenge or an error page instead of a reply, and reports only "custom_llm generation failed".',
  fix: 'Look at the page: exempt the path from the firewall or login (Cloudflare blocks by User-Agent), and check the URL.',
  probes: 'every-stream',
  needs: ['admitted', 'response', 'body'],
  *inspect(evidence) {
    if (!evidence.isPage) return
    const { pageTitle, isPathUnknown, opening, exchange } = evidence
    const status = exchange?.response?.status
    yield {
      message: [
        isPathUnknown ? 'The path was not found: the response' : 'The response',
        ' is an HTML page',
        pageTitle === undefined ? '' : `, titled "${pageTitle}"`,
        status === undefined ? '' : `, with status ${status}`,
        '.',
      ].join(''),
      expected: 'a stream of "data:" events',
      actual: opening,
      ...(isPathUnknown && { fix: fixPath(exchange?.request.url) }),
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

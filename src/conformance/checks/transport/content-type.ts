import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { setHeader } from '../../faults/index.ts'

export default defineCheck({
  id: 'transport/content-type',
  title: 'A stream is sent as `text/event-stream`',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The response must have the Content-Type text/event-stream',
    ...ELEVENLABS,
  },
  effect: 'Clients that check the type refuse the stream; proxies may buffer or compress it.',
  fix: 'Set "Content-Type: text/event-stream" before the first byte (FastAPI: StreamingResponse(..., media_type="text/event-stream")).',
  probes: 'every-stream',
  needs: ['exchange', 'stream-asked', 'success'],
  *inspect(evidence) {
    const { contentType } = evidence
    if (contentType === 'text/event-stream') return
    yield {
      message:
        contentType === undefined
          ? 'The stream has no Content-Type.'
          : `The stream is sent as ${contentType === '' ? 'an empty type' : contentType}.`,
      expected: 'text/event-stream, with or without parameters',
      actual: evidence.header('content-type') ?? 'no Content-Type header',
    }
  },
  mutants: {
    'ctype-json': setHeader('content-type', 'application/json'),
    'ctype-missing': setHeader('content-type', undefined),
    'ctype-plain': setHeader('content-type', 'text/plain; charset=utf-8'),
  },
})

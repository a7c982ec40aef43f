import { defineCheck } from '../../check.ts'
import { setHeader } from '../../mutate/index.ts'
import { ELEVENLABS } from '../../sources.ts'

export default defineCheck({
  id: 'transport/content-type',
  title: 'A stream is sent as `text/event-stream`',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'The response must have the Content-Type text/event-stream', ...ELEVENLABS },
  effect:
    'Clients that look at the type refuse the stream, and proxies hold or compress what they do not know to be one.',
  fix: 'Set the header "Content-Type: text/event-stream" before the first byte (FastAPI: StreamingResponse(..., media_type="text/event-stream")).',
  probes: 'every-stream',
  needs: ['exchange', 'success'],
  *inspect(evidence) {
    const value = evidence.header('content-type')
    const essence = value?.split(';')[0]!.trim().toLowerCase()
    if (essence === 'text/event-stream') return
    yield {
      message:
        value === undefined
          ? 'The stream has no Content-Type.'
          : `The stream is sent as ${essence === '' ? 'an empty type' : essence}.`,
      expected: 'text/event-stream, with or without parameters',
      actual: value ?? 'no Content-Type header',
    }
  },
  mutants: {
    'ctype-json': setHeader('content-type', 'application/json'),
    'ctype-missing': setHeader('content-type', undefined),
    'ctype-plain': setHeader('content-type', 'text/plain; charset=utf-8'),
  },
})

import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { echoesKey } from './echoes-key.ts'
import { skip } from '../../check/gap.ts'
import { issue, OWASP_ERRORS } from '../../check/sources.ts'
import { answerErrorsWith } from '../../faults/index.ts'
import { ERROR_PROBES } from '../../probe-ids.ts'

/** An error page may be long; what leaks stands near its top. */
const MAX_BYTES = 65_536

/** Where a stack trace says where it is, in the languages that endpoints are written in. */
const STACK_TRACE = [
  /Traceback \(most recent call last\)/,
  /\bFile \\?"[^"\\]+\\?", line \d+/,
  /\bat (?:async )?(?:[\w$.<>[\] ]{1,100} \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()]+:\d+:\d+/,
  /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/,
  /\bgoroutine \d+ \[\w+\]/,
  /\bthread '[^']+' (?:\(\d+\) )?panicked at /,
  /\.rb:\d+:in [`']/,
]

/** A file of the server, not the path of a URL: a home or system folder, or the name of a source. */
const ABSOLUTE_PATH = [
  /(?<![\w.:/@-])\/(?:home|root|Users|usr|opt|var|srv|etc|tmp|mnt)\/[\w.@-]+(?:\/[\w.@-]+)*/,
  /(?<![\w.:/@-])(?:\/[\w.@-]{1,100}){1,20}\.(?:py|[cm]?[jt]s|rb|go|rs|java|php|cs)\b/,
  /\b[A-Z]:\\{1,2}\w[^\s"']*/,
]

export default defineCheck({
  id: 'errors/no-leak',
  title: 'Errors do not tell how the server works inside',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Error responses give no stack traces, paths or credentials: they help an attacker, not the client',
    ...OWASP_ERRORS,
    seenIn: issue('tenstorrent/tt-inference-server', 3872),
  },
  effect: 'Whoever sends a wrong request learns about your code, your server or your keys.',
  fix: 'Log the details, and send a short message of your own (turn off the debug mode of your framework).',
  probes: ERROR_PROBES,
  needs: ['exchange', 'admitted', 'response', 'body'],
  *inspect({ exchange, body }) {
    if (exchange.response.status < 400) return skip('the request was not refused')
    const text = new TextDecoder().decode(body.subarray(0, MAX_BYTES))
    const expected = 'a short message'
    if (echoesKey(text, exchange.request)) {
      // Without an excerpt: what leaks must not leak further.
      yield { message: 'An error repeats the API key, or a good part of it.', expected }
      return
    }
    const trace = firstMatch(STACK_TRACE, text)
    const path = firstMatch(ABSOLUTE_PATH, text)
    if (trace !== undefined) {
      yield { message: 'An error shows a stack trace.', expected, actual: trace }
    } else if (path !== undefined) {
      yield { message: 'An error shows a path on the server.', expected, actual: path }
    }
  },
  mutants: {
    'error-traceback': answerErrorsWith((status) =>
      jsonReply(status, {
        error: {
          message:
            'Traceback (most recent call last):\n  File "/srv/agent/main.py", line 42, in chat\n    body = await request.json()',
        },
      }),
    ),
  },
})

function firstMatch(patterns: readonly RegExp[], text: string): string | undefined {
  return patterns.map((pattern) => pattern.exec(text)?.[0]).find((match) => match !== undefined)
}

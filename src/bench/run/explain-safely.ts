import { redactor, type Target } from '../../endpoint/index.ts'
import type { BenchOptions } from './bench-options.ts'

type Explain = NonNullable<BenchOptions['explain']>

const MAX_SHOWN = 300
/** Far more than is shown: what is cut here cannot end within a secret that would have been seen. */
const MAX_REDACTED = 8_000

/** Explains without the secrets of an endpoint, and not at length. */
export function explainSafely(explain: Explain, target: Target): Explain {
  const redact = redactor(target)
  return (exchange) => {
    const seen = explain(exchange)?.slice(0, MAX_REDACTED)
    return seen === undefined ? null : redact.quoting(seen, exchange).slice(0, MAX_SHOWN)
  }
}

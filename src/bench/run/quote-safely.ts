import { redactor, type Target } from '../../endpoint/index.ts'
import type { Exchange } from '../../wire/index.ts'

const MAX_SHOWN = 300
/** Far more than is shown: what is cut here cannot end within a secret that would have been seen. */
const MAX_REDACTED = 8_000

/** Shows a text that quotes an exchange without the secrets of its endpoint, and not at length. */
export type Quote = (text: string, exchange: Exchange) => string

export function quoteSafely(target: Target): Quote {
  const redact = redactor(target)
  return (text, exchange) =>
    redact.quoting(text.slice(0, MAX_REDACTED), exchange).slice(0, MAX_SHOWN)
}

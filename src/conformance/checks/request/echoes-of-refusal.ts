/** Checks that necessarily fail where a request is refused because of a feature. */
export const ECHOES_OF_REFUSAL: readonly string[] = [
  'transport/status-ok',
  'transport/content-type',
  'transport/html-answer',
]

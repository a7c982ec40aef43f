import { doubtOfProxy } from '../../endpoint/index.ts'
import { isForwarded } from '../../wire/index.ts'
import type { FailureClass } from '../measure/classify.ts'
import type { BenchReport } from './bench-report-schema.ts'

const WITHOUT_ANSWER: readonly FailureClass[] = ['timeout', 'cut', 'malformed']

/** Says that what failed may be the doing of a proxy that was handed the requests; nothing where it cannot be. */
export function doubtOfProxyIn(
  { url, proxy }: BenchReport['target'],
  ok: number,
  failures: NonNullable<BenchReport['failures']>,
): string[] {
  if (!proxy || !URL.canParse(url) || !isForwarded(new URL(url))) return []
  for (const { name, failure } of failures) {
    if (failure !== 'status') continue
    const doubt = doubtOfProxy(url, Number(name.replace('status ', '')), proxy)
    if (doubt !== undefined) return [doubt]
  }
  const [worst] = failures
  if (ok > 0 || !worst || !WITHOUT_ANSWER.includes(worst.failure)) return []
  return [
    `what failed may be the doing of the proxy ${proxy.url} (${proxy.from}), and not of the endpoint: --no-proxy asks without it`,
  ]
}

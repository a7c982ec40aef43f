import type { Summary, Verdict } from '../../conformance/index.ts'
import type { Reporter } from '../reporter.ts'
import { jsonText } from '../text/json-text.ts'
import { plural } from '../text/plural.ts'

const COLORS: Record<Verdict, string> = {
  pass: 'brightgreen',
  fail: 'red',
  'over-budget': 'orange',
  inconclusive: 'yellow',
}

/** The answer of a badge endpoint. Source of the format: https://shields.io/badges/endpoint-badge */
export const badge: Reporter = ({ verdict, summary }) => {
  const shield = {
    schemaVersion: 1,
    label: 'soundcheck',
    message: messageOf(verdict, summary),
    color: COLORS[verdict],
  }
  return jsonText(shield)
}

function messageOf(verdict: Verdict, { pass, errors, warnings }: Summary): string {
  switch (verdict) {
    case 'pass':
      return warnings > 0 ? `${pass} passed, ${plural(warnings, 'warning')}` : `${pass} passed`
    case 'fail':
      return errors > 0 ? plural(errors, 'error') : plural(warnings, 'warning')
    default:
      return verdict
  }
}

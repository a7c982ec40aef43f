import type { Observations } from '../../check/define-check.ts'
import { inconclusive, skip } from '../../check/gap.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { wasTurnedDown } from '../../evidence/was-turned-down.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import type { AskedFeature } from './asked-feature.ts'

/** Observes what was refused because of a feature, unless the answer says so where it may be refused. */
export function* observeAsked(
  evidence: readonly Evidence[],
  { name, isIn, removeFrom }: AskedFeature,
  mayBeNamed?: RegExp,
): Observations {
  const concerned = evidence.filter(({ asked }) => asked && isIn(asked))
  if (concerned.length === 0) return skip(`no request had ${name}`)
  const accepted = evidence.filter((each) => each.wasAccepted && !wasTurnedDown(each))
  const refused = concerned.filter(wasTurnedDown)
  const proof = refused.length > 0 ? provenBy(refused, accepted, removeFrom) : undefined
  if (!proof) {
    return concerned.some((each) => accepted.includes(each))
      ? undefined
      : inconclusive('no request with it was answered, nor one without it')
  }
  if (mayBeNamed?.test(proof.errorText ?? '')) {
    return skip('the endpoint says that it does not support this')
  }
  yield {
    message: `A request with ${name} was refused; the same request without it was accepted.`,
    expected: 'status 200',
    actual: describeAnswer(proof),
    evidence: proof,
    alike: refused.filter((each) => each !== proof),
  }
  return undefined
}

function provenBy(
  refused: readonly Evidence[],
  accepted: readonly Evidence[],
  removeFrom: AskedFeature['removeFrom'],
): Evidence | undefined {
  const bodies = new Set(accepted.map(({ asked }) => JSON.stringify(asked)))
  return refused.find(({ asked }) => bodies.has(JSON.stringify(removeFrom(asked!))))
}

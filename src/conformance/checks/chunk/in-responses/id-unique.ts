import { defineCheck } from '../../../check/define-check.ts'
import { skip } from '../../../check/gap.ts'
import { RESPONSES_REQUEST } from '../../../check/sources.ts'
import { editEach } from '../../../faults/index.ts'
import { showJson } from '../../../observe/show-json.ts'
import { isProbeId } from '../../../probe-ids.ts'

/** So many different requests cannot have one answer. */
const ENOUGH = 3

export default defineCheck({
  id: 'chunk/id-unique',
  title: 'Each response has an `id` of its own',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Unique identifier for this Response',
    ...RESPONSES_REQUEST,
  },
  effect: 'Who goes on with previous_response_id goes on with the response to another request.',
  fix: 'Create a new id for every response, such as "resp_" and a UUID.',
  probes: 'every-stream',
  needs: ['exchange', 'chunks'],
  *compare(evidence) {
    // Recordings of one server need not be of one run.
    const own = evidence.filter(({ probe }) => isProbeId(probe))
    const idOf = new Map(
      own.map(({ exchange, responses }) => [
        exchange.request.body,
        responses.responses[0]?.response?.['id'],
      ]),
    )
    if (idOf.size < ENOUGH) return skip(`there are no replies to ${ENOUGH} different requests`)
    const ids = new Set(idOf.values())
    const [id] = ids
    if (ids.size > 1 || typeof id !== 'string' || id === '') return undefined
    yield {
      message: `The responses to ${idOf.size} different requests have the same id.`,
      expected: 'another id for each response',
      actual: showJson(id),
    }
    return undefined
  },
  mutants: {
    'id-constant': editEach(/./, ({ response }) => {
      if (response) response.id = 'resp_1'
    }),
  },
})

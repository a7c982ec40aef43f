import { isJsonObject, type Json } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_MODELS } from '../../check/sources.ts'
import { editModelList } from '../../faults/index.ts'

/** What requests name when the user has named no model. */
const UNCONFIGURED = 'custom-model'

export default defineCheck({
  id: 'models/configured-listed',
  title: 'The model that is asked for is in the list of models',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'The ids in the list are what requests may name',
    ...OPENAI_MODELS,
    seenIn: issue('QuantumNous/new-api', 7418),
  },
  effect: 'Perhaps another model answers than you think, or only until the endpoint gets strict.',
  fix: 'Name one of the listed models in the settings of the agent, or list yours.',
  probes: ['models', 'streamed-turn'],
  needs: ['exchange', 'admitted', 'response'],
  *compare(evidence) {
    const asked = evidence.find(({ request }) => request)?.request?.['model']
    const list = evidence.find(({ probe }) => probe === 'models')
    if (typeof asked !== 'string') return skip('no request names a model')
    const ids = list?.wasAccepted ? idsIn(list.json) : []
    if (!list || ids.length === 0) return skip('there is no list of models')
    if (ids.some((id) => names(id, asked))) return
    if (asked === UNCONFIGURED) return skip('no model was configured')
    yield {
      message: `The model "${asked}" is not in the list of models.`,
      expected: `"${asked}" among the ids`,
      actual: ids.join(', '),
      evidence: list,
    }
  },
  mutants: {
    'models-without-mine': editModelList((list) => ({
      ...list,
      data: [{ ...list.data[0], id: 'another-model' }],
    })),
  },
})

function idsIn(list: Json | undefined): string[] {
  const data = isJsonObject(list) ? list['data'] : list
  const models = Array.isArray(data) ? data.filter(isJsonObject) : []
  return models.map(({ id }) => id).filter((id) => typeof id === 'string')
}

/** Gemini lists `models/<name>`, gateways `<provider>/<name>`, Ollama `<name>:latest`. */
function names(id: string, asked: string): boolean {
  return id === asked || id.endsWith(`/${asked}`) || id === `${asked}:latest`
}

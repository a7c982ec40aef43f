import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

export default defineCheck({
  id: 'tools/name-known',
  title: 'Only tools that were offered are called',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The name is one of those in the tools of the request',
    ...github('livekit/agents', 6085),
  },
  effect:
    'The platform has no such tool: the call is rejected and the line goes quiet, or is spoken again.',
  fix: 'Pass the tools of the request on to your model as they are; carry out tools of your own without streaming their calls.',
  probes: 'every-stream',
  needs: ['request', 'tool-calls'],
  *inspect(evidence) {
    const offered = [...evidence.offered!.keys()]
    for (const { name, fragments } of evidence.calls) {
      if (name === undefined || offered.includes(name)) continue
      yield {
        message: `The reply calls "${name}", which was not offered.`,
        expected: offered.length > 0 ? offered.join(', ') : 'no call: no tool was offered',
        actual: name,
        ...evidence.where(fragments[0]!, '/function/name'),
      }
    }
  },
  mutants: {
    'tool-name-unknown': editName(() => 'transfer_to_human'),
    'tool-name-prefixed': editName((name) => `functions.${name}`),
  },
})

function editName(edit: (name: string) => string) {
  return editFragments((fragment, opening) => {
    if (opening) fragment.function.name = edit(fragment.function.name)
  })
}

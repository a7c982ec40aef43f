import { defineCheck } from '../../check.ts'
import { editArguments } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { severityForTool } from '../../tool-severity.ts'

export default defineCheck({
  id: 'tools/arguments-empty',
  title: 'The arguments of a tool call are not empty',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A call without arguments says "{}"',
    ...github('openai/openai-agents-js', 664),
  },
  effect: 'JSON.parse("") throws: the call is dropped.',
  fix: 'Send "{}" when a tool takes no arguments.',
  probes: 'every-stream',
  needs: ['tool-calls', 'untruncated'],
  *inspect(evidence) {
    for (const { name, arguments: args, fragments } of evidence.calls) {
      if (args.trim() !== '') continue
      yield {
        message: `The arguments of ${name ?? 'a call'} are empty.`,
        expected: 'a JSON object, if need be "{}"',
        actual: JSON.stringify(args),
        ...evidence.where(fragments.at(-1)!),
        severity: severityForTool(evidence, name),
      }
    }
  },
  mutants: { 'tool-args-empty': editArguments(() => '') },
})

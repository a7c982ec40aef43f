import { defineCheck } from '../../check/define-check.ts'
import { severityForTool } from './severity-for-tool.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { editArguments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/arguments-empty',
  title: 'The arguments of a tool call are not empty',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The arguments are JSON; a call without arguments says "{}"',
    ...OPENAI_TOOLS,
    seenIn: issue('openai/openai-agents-js', 664),
  },
  effect: 'JSON.parse("") throws: the call is dropped.',
  fix: 'Send "{}" when a tool takes no arguments.',
  probes: 'every-stream',
  needs: ['tool-calls', 'untruncated'],
  signs: ['odd-call'],
  *inspect(evidence) {
    for (const { name, arguments: args, latest } of evidence.calls) {
      if (args.trim() !== '') continue
      yield {
        message: `The arguments of ${name ?? 'a call'} are empty.`,
        expected: 'a JSON object, which may be "{}"',
        actual: showJson(args),
        ...evidence.where(latest),
        severity: severityForTool(evidence, name),
      }
    }
  },
  mutants: { 'tool-args-empty': editArguments(() => '') },
})

import { stringify } from 'yaml'
import { TOOL } from '../../conformance/index.ts'
import { commented } from './starter-workflow.ts'

const JUNIT = 'soundcheck.xml'
const PAGE = 'soundcheck.html'

/** The GitLab CI job that `init` writes: its findings in merge requests, and a page. */
export function starterGitlab(note?: string): string {
  const job = {
    soundcheck: {
      image: 'node:24',
      timeout: '10 minutes',
      rules: [
        { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
        { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
      ],
      // The variable SOUNDCHECK_API_KEY of the project is in the environment.
      script: [
        `npx --yes ${TOOL.name}@${TOOL.version} check --reporter terminal --reporter junit=${JUNIT} --reporter html=${PAGE}`,
      ],
      artifacts: { when: 'always', paths: [PAGE], reports: { junit: JUNIT } },
    },
  }
  return commented(stringify(job, { lineWidth: 0 }), note)
}

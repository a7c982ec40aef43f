import { stringify } from 'yaml'
import { TOOL } from '../../conformance/index.ts'

const SARIF = 'soundcheck.sarif'

/**
 * The GitHub Actions workflow that `init` writes: annotations, a summary, and code scanning. What is
 * checked stands in the configuration.
 *
 * @param branch is the one whose pushes are checked.
 * @param note tells readers what is missing.
 */
export function starterWorkflow(branch: string, note?: string): string {
  const workflow = {
    name: 'soundcheck',
    on: { push: { branches: [branch] }, pull_request: null, workflow_dispatch: null },
    // Code scanning needs the second.
    permissions: { contents: 'read', 'security-events': 'write' },
    jobs: {
      check: {
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 10,
        steps: [
          { uses: 'actions/checkout@v5' },
          { uses: 'actions/setup-node@v5', with: { 'node-version': 24 } },
          {
            name: 'Check the endpoint',
            run: `npx --yes ${TOOL.name}@${TOOL.version} check --reporter github --reporter sarif=${SARIF}`,
            env: { SOUNDCHECK_API_KEY: '${{ secrets.SOUNDCHECK_API_KEY }}' },
          },
          {
            name: 'Show the findings in code scanning',
            if: `always() && hashFiles('${SARIF}') != ''`,
            uses: 'github/codeql-action/upload-sarif@v4',
            with: { sarif_file: SARIF },
          },
        ],
      },
    },
  }
  return commented(stringify(workflow, { lineWidth: 0, nullStr: '' }), note)
}

/** A pipeline behind what readers should know. */
export function commented(pipeline: string, note: string | undefined): string {
  const lines = [
    'Checks the LLM behind the voice agent. Written by "soundcheck init".',
    ...(note === undefined ? [] : [`${note}.`]),
  ]
  return `${lines.map((line) => `# ${line}\n`).join('')}${pipeline}`
}

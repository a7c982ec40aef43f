import { lstat } from 'node:fs/promises'
import { branchToCheck } from './branch-to-check.ts'
import { starterGitlab } from './starter-gitlab.ts'
import { starterWorkflow } from './starter-workflow.ts'
import { whyNotFromCi } from './why-not-from-ci.ts'

/** What `init` writes for a CI system, by name, and what is left to do. */
interface Pipeline {
  readonly files: Readonly<Record<string, string>>
  readonly steps: readonly string[]
}

export const pipelines = { github, gitlab } satisfies Record<
  string,
  (url: string) => Promise<Pipeline>
>

const WORKFLOW = '.github/workflows/soundcheck.yml'

async function github(url: string): Promise<Pipeline> {
  const { name: branch, doubt } = await branchToCheck()
  return {
    files: { [WORKFLOW]: starterWorkflow(branch, whyNotFromCi(url)) },
    steps: [
      ...startServer(url),
      ...(doubt === undefined
        ? []
        : [`see that ${branch} is your default branch, which is a guess (${doubt}): ${WORKFLOW}`]),
      'if the endpoint needs a key, add it to the repository as the secret SOUNDCHECK_API_KEY',
      `commit the files: every pull request, and every push to ${branch}, is then checked`,
    ],
  }
}

const GITLAB = '.gitlab-ci.yml'
const GITLAB_JOB = '.gitlab/soundcheck.yml'

/** What is in the pipeline already stays as it is: the job has a file of its own. */
async function gitlab(url: string): Promise<Pipeline> {
  const include = `include:\n  - local: /${GITLAB_JOB}\n`
  const hasPipeline = await lstat(GITLAB).then(
    () => true,
    () => false,
  )
  return {
    files: {
      [GITLAB_JOB]: starterGitlab(whyNotFromCi(url)),
      ...(!hasPipeline && { [GITLAB]: include }),
    },
    steps: [
      ...startServer(url),
      ...(hasPipeline ? [`add "- local: /${GITLAB_JOB}" under "include:" in ${GITLAB}`] : []),
      'if the endpoint needs a key, add it to the project as the masked CI/CD variable SOUNDCHECK_API_KEY',
      'commit the files: every merge request, and every push to the default branch, is then checked',
    ],
  }
}

function startServer(url: string): string[] {
  const why = whyNotFromCi(url)
  return why === undefined ? [] : [`${why}, or give the URL of one that is deployed`]
}

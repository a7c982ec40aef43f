import { git } from './git.ts'

/** The branch whose pushes are checked, and why it may be another. */
export interface BranchToCheck {
  readonly name: string
  readonly doubt?: string
}

const USUAL = ['main', 'master', 'trunk']

/**
 * The default branch of `origin`; or else one that is there under a usual name, rather than the one
 * that somebody is at work on.
 */
export async function branchToCheck(): Promise<BranchToCheck> {
  const origin = await git('symbolic-ref', '--short', 'refs/remotes/origin/HEAD')
  if (origin !== undefined) return { name: origin.replace(/^origin\//, '') }
  const current = await git('symbolic-ref', '--short', 'HEAD')
  const own = await git('config', 'init.defaultBranch')
  const names = own ? [own, ...USUAL] : USUAL
  const there = await branchesOf(names)
  const usual = names.find((name) => name === current || there.has(name))
  if (usual !== undefined) return { name: usual }
  const isRepository = (await git('rev-parse', '--git-dir')) !== undefined
  const doubt = isRepository
    ? 'nothing here names the default branch'
    : 'no git repository was found'
  return { name: current ?? USUAL[0]!, doubt }
}

/** Which of these names are branches, here or at `origin`. */
async function branchesOf(names: readonly string[]): Promise<Set<string>> {
  const references = names.flatMap((name) => [`refs/heads/${name}`, `refs/remotes/origin/${name}`])
  const found = await git('for-each-ref', '--format=%(refname)', ...references)
  return new Set(
    found?.split('\n').map((name) => name.replace(/^refs\/(?:heads|remotes\/origin)\//, '')),
  )
}

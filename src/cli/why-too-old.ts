/** As in `engines` of package.json; a test holds them together. */
const NEEDED = '22.19'

/** Why a version of Node.js cannot run the command line; `undefined` for one that can. */
export function whyTooOld(version: string): string | undefined {
  const [major, minor] = version.split('.').map(Number)
  const [neededMajor, neededMinor] = NEEDED.split('.').map(Number)
  if (major! > neededMajor! || (major === neededMajor && minor! >= neededMinor!)) return undefined
  return `Node.js ${NEEDED} or newer is needed, this is ${version}`
}

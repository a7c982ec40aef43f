/** Scenarios that cannot be used; the message names the file, the line and the path, and says why. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
}

// What needs Node.js: the files of the user.
export { isScenarioFile, loadScenarios } from './scenario/load-scenarios.ts'
export { parseScenarios } from './scenario/parse-scenarios.ts'

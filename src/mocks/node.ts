// What needs Node.js: the files of the user.
export { loadScenarios } from './scenario/load-scenarios.ts'
export { parseScenarios } from './scenario/parse-scenarios.ts'

// What needs Node.js: the files of the user.
export { isScenarioFile, loadScenarios } from './scenario/spec/load-scenarios.ts'
export { parseScenarios } from './scenario/spec/parse-scenarios.ts'
export { writeScenarios } from './scenario/record/write-scenarios.ts'

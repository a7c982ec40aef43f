// What needs Node.js: the files of the user.
export { loadScenarios, parseScenarios } from './scenario/load-scenarios.ts'

export { type ConformanceOptions, describeConformance } from './describe-conformance.ts'

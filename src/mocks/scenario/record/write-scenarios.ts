import type { Node } from 'yaml'
import { scenariosSchema } from '../spec/scenario-schema.ts'
import type { Scenario } from '../spec/scenario.ts'
import { looksPersonal } from './looks-personal.ts'

/** Writes scenarios as YAML; what looks personal is marked for review by a comment before it. */
export async function writeScenarios(scenarios: readonly Scenario[]): Promise<string> {
  const { Document, isMap, isScalar, isSeq, visit } = await import('yaml')
  const isNumber = (item: unknown) => isScalar(item) && typeof item.value === 'number'
  const document = new Document({ $schema: scenariosSchema.$id, scenarios })
  visit(document, {
    Seq(_, seq) {
      // Of times there may be hundreds.
      seq.flow = seq.items.length > 0 && seq.items.every(isNumber)
    },
    Scalar(_, scalar, ancestors) {
      if (typeof scalar.value !== 'string') return
      const signs = looksPersonal(scalar.value)
      if (signs.length === 0) return
      const scenario = ancestors.find((node, i) => isMap(node) && isSeq(ancestors[i - 1]))
      if (scenario) mark(scenario as Node, signs)
    },
  })
  return document.toString({ lineWidth: 0 })
}

/** Before the scenario: within a value, a comment might become a part of it. */
function mark(scenario: Node, signs: readonly string[]): void {
  const lines = scenario.commentBefore?.split('\n') ?? []
  const added = signs.map((sign) => ` Review: this looks like ${sign}.`)
  scenario.commentBefore = [...new Set([...lines, ...added])].join('\n')
}

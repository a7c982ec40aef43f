import { type Markup, markup } from './markup.ts'

export type Fact = readonly [name: string, value: string | Markup]

/** What is known, by name. */
export function factsList(facts: readonly Fact[]): Markup {
  return markup`<dl class="facts-list">${facts.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

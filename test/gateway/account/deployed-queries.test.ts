import { readFileSync } from 'node:fs'
import parseExposition from 'parse-prometheus-text-format'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { GatewayMetrics } from '../../../src/gateway/account/metrics.ts'
import { readPromql } from '../../support/promql.ts'
import { watch } from '../../support/scrape.ts'
import { FAULTS, OUTCOMES, turnRecord } from '../../support/turn-records.ts'

interface Panel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly gridPos: {
    readonly x: number
    readonly y: number
    readonly w: number
    readonly h: number
  }
  readonly targets?: readonly {
    readonly refId: string
    readonly expr: string
    readonly legendFormat: string
    readonly datasource: { readonly uid: string }
  }[]
}

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string }
}

const read = (path: string) =>
  readFileSync(new URL(`../../../deploy/${path}`, import.meta.url), 'utf8')
const dashboard = JSON.parse(read('grafana/soundcheck-gateway.json')) as {
  readonly panels: readonly Panel[]
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly definition?: string }[]
  }
}
const { groups } = parseYaml(read('prometheus/alerts.yml')) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[]
}
const rules = groups.flatMap((group) => group.rules)
const config = parseYaml(read('prometheus/prometheus.yml')) as {
  readonly rule_files: readonly string[]
  readonly scrape_configs: readonly { readonly job_name: string }[]
}

const shown = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ what: title, expr, says: legendFormat })),
)
const queries = [
  ...shown,
  ...rules.map(({ alert, expr, annotations }) => ({
    what: alert,
    expr,
    says: annotations.summary,
  })),
]

/** The labels of each series that a gateway tells to whom scrapes it. */
const series = new Map<string, Set<string>>()
/** The values of each label. */
const values = new Map<string, Set<string>>()
beforeAll(async () => {
  const metrics = new GatewayMetrics()
  const asked = { upstream: 'a', model: 'm', why: null, ms: 1 }
  watch(metrics, [
    turnRecord({ attempts: FAULTS.map((fault, i) => ({ ...asked, upstream: `u${i}`, fault })) }),
    turnRecord({ bufferWords: 1, isShared: true }),
    turnRecord({ usage: { input: 1, output: 1, source: 'counted' } }),
    turnRecord({ cache: 'miss' }),
    turnRecord({ cache: 'hit' }),
    ...OUTCOMES.map((outcome) => turnRecord({ outcome })),
  ])
  const { body } = await metrics.exposition()
  for (const { name, metrics: told } of parseExposition(body.replaceAll(/^#.*\n/gm, ''))) {
    const labels = told.flatMap((each) => Object.entries(each.labels ?? {}))
    series.set(name, new Set(labels.map(([label]) => label)))
    for (const [label, value] of labels) {
      values.set(label, (values.get(label) ?? new Set()).add(value))
    }
  }
})

/** What Prometheus adds. */
const ADDED = ['job', 'instance']

test.each(queries)('$what asks for what there is', ({ expr, says }) => {
  const { errors, metrics, labels } = readPromql(expr)
  expect(errors).toEqual([])
  expect(metrics.length).toBeGreaterThan(0)
  const there = new Set(ADDED)
  for (const name of metrics) {
    // Whether a target answers, Prometheus knows by itself.
    expect([...series.keys(), 'up']).toContain(name)
    for (const label of series.get(name) ?? []) there.add(label)
  }
  const named = [...says.matchAll(/\{\{\s*(?:\$labels\.)?([a-z]\w*)/g)].map(([, label]) => label!)
  for (const label of [...labels, ...named]) expect([...there]).toContain(label)
})

test('a query that asks for something else is found out', () => {
  expect(readPromql('sum(rate(x{a="b"}[$__rate_interval])').errors).not.toEqual([])
  expect(readPromql('sum by (c) (rate(x{a="b"}[$__rate_interval]))')).toEqual({
    errors: [],
    metrics: ['x'],
    labels: ['c', 'a'],
  })
})

test('the dashboard shows each metric of turns', () => {
  const asked = shown.flatMap(({ expr }) => readPromql(expr).metrics)
  for (const { name } of new GatewayMetrics().registry.getMetricsAsArray()) {
    expect(
      asked.some((each) => each.replace(/_(?:bucket|count|sum)$/, '') === name),
      name,
    ).toBe(true)
  }
})

test.each(queries)('$what asks for values that there are', ({ expr }) => {
  const text = expr.replaceAll(/(?:job|model)=~?"[^"]*"/g, '')
  for (const [, label, told] of text.matchAll(/(\w+)(?:=~|!=|=)"([^"]*)"/g)) {
    for (const value of told!.split('|')) expect([...values.get(label!)!]).toContain(value)
    // Prometheus 3 writes the bound `1` as `1.0`.
    if (label === 'le') expect(told).toMatch(/\.[1-9]/)
  }
})

describe('the dashboard', () => {
  const { panels, templating } = dashboard

  test('has panels that do not cover each other', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const taken = new Set<string>()
    for (const {
      title,
      gridPos: { x, y, w, h },
    } of panels) {
      expect(x + w, title).toBeLessThanOrEqual(24)
      for (let column = x; column < x + w; column++) {
        for (let line = y; line < y + h; line++) {
          expect(taken, title).not.toContain(`${column} ${line}`)
          taken.add(`${column} ${line}`)
        }
      }
    }
  })

  test('asks the data source and the models that its reader chooses', () => {
    const text = JSON.stringify(dashboard)
    const names = templating.list.map(({ name }) => name)
    for (const [, name] of text.matchAll(/\$\{?([a-z]\w*)/g)) expect(names).toContain(name)
    for (const { targets = [] } of panels) {
      for (const { datasource, expr } of targets) {
        expect(datasource.uid).toBe('${datasource}')
        if (expr.includes('soundcheck_gateway_')) expect(expr).toContain('model=~"$model"')
      }
    }
    const [, metric, label] = /^label_values\((\w+), (\w+)\)$/.exec(
      templating.list[1]!.definition!,
    )!
    expect(series.get(metric!)).toContain(label)
  })
})

test('the alerts are rules as Prometheus has them', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  for (const rule of rules) {
    expect(Object.keys(rule)).toEqual(['alert', 'expr', 'for', 'labels', 'annotations'])
    expect(rule.for).toMatch(/^\d+m$/)
    expect(['page', 'ticket']).toContain(rule.labels.severity)
    expect(rule.annotations.summary).toMatch(/\S\.$/)
  }
})

test('what asks for a job asks for that of the configuration, which reads the alerts', () => {
  const [{ job_name: job } = {}] = config.scrape_configs
  const asked = queries.flatMap(({ expr }) => [...expr.matchAll(/job="([^"]*)"/g)])
  expect(asked.length).toBeGreaterThan(0)
  for (const [, name] of asked) expect(name).toBe(job)
  expect(config.rule_files).toEqual(['alerts.yml'])
})

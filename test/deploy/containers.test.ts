import { readFileSync } from 'node:fs'
import { Deployment } from 'kubernetes-models/apps/v1'
import { Pod, Service } from 'kubernetes-models/v1'
import { parse as parseToml } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml, parseAllDocuments } from 'yaml'
import { check } from '../../src/conformance/index.ts'
import { TOOL } from '../../src/endpoint/index.ts'
import { startServer } from '../../src/server/index.ts'
import { type Command, deployedGateway } from '../support/deployed-gateway.ts'
import { failuresOf } from '../support/failures-of.ts'
import { CALLER_KEY } from '../support/voice-turn.ts'

const read = (path: string) =>
  readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8')
const BIN = `node_modules/${TOOL.name}/dist/cli/bin.js`
const SECRETS = ['OPENAI_API_KEY', 'SOUNDCHECK_API_KEY']
/** Until what has been ended is written, in seconds. */
const END = 2

const dockerfile = Object.fromEntries(
  Array.from(read('docker/Dockerfile').matchAll(/^([A-Z]+) (.+)$/gm), ([, name, rest]) => [
    name!,
    rest!,
  ]),
)
const [node, bin, ...entry] = JSON.parse(dockerfile['ENTRYPOINT']!) as string[]
const usual = JSON.parse(dockerfile['CMD']!) as string[]
const inImage = (args: Command = usual): Command => [...entry, ...args]

interface Probe {
  readonly httpGet: { readonly path: string }
}
interface Container {
  readonly args: string[]
  readonly ports: readonly { readonly containerPort: number; readonly name?: string }[]
  readonly env: readonly { readonly name: string; readonly valueFrom: { secretKeyRef: object } }[]
  readonly startupProbe?: Probe
  readonly readinessProbe?: Probe
  readonly livenessProbe: Probe
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } }
}
interface PodTemplate {
  readonly metadata: { readonly labels: object; readonly annotations: Record<string, string> }
  readonly spec: {
    readonly containers: readonly [Container]
    readonly terminationGracePeriodSeconds: number
    readonly timeoutSeconds: number
  }
}

const compose = parseYaml(read('docker/compose.yaml')) as {
  readonly services: {
    readonly gateway: {
      readonly environment: Readonly<Record<string, string>>
      readonly ports: readonly string[]
      readonly healthcheck: { readonly test: readonly string[] }
      readonly stop_grace_period: string
    }
    readonly prometheus: { readonly secrets: readonly string[]; readonly volumes: string[] }
  }
  readonly secrets: Readonly<Record<string, { readonly environment: string }>>
}
const fly = parseToml(read('fly/fly.toml')) as unknown as {
  readonly kill_signal: string
  readonly kill_timeout: string
  readonly http_service: {
    readonly internal_port: number
    readonly auto_stop_machines: string
    readonly checks: readonly { readonly path: string }[]
  }
}
const railway = JSON.parse(read('railway/railway.json')).deploy as {
  readonly startCommand: string
  readonly healthcheckPath: string
  readonly drainingSeconds: number
}
const app = JSON.parse(read('heroku/app.json')) as {
  readonly env: Readonly<Record<string, object>>
}
const procfile = read('heroku/Procfile')
const cloudRun = parseYaml(read('cloud-run/service.yaml')) as { spec: { template: PodTemplate } }
const [deployment, service] = parseAllDocuments(read('kubernetes/gateway.yaml')).map(
  (document) => document.toJS() as unknown,
) as [{ spec: { template: PodTemplate } }, { spec: { selector: object; ports: object[] } }]
const { spec: instance } = cloudRun.spec.template
const { spec: pod } = deployment.spec.template
const [runContainer] = instance.containers
const [podContainer] = pod.containers

interface Platform {
  /** What it runs. */
  readonly command: Command
  /** Where it sends requests; its own choice, told by the environment, when absent. */
  readonly port?: number
  /** What it asks to know how it is. */
  readonly probes: readonly string[]
  /** How long it waits after SIGTERM, in seconds. */
  readonly grace: number
}

const pathOf = ({ httpGet }: Probe) => httpGet.path
const words = (line: string) => line.trim().split(' ').slice(1)

const platforms: Readonly<Record<string, Platform>> = {
  'docker compose': {
    command: inImage(),
    port: Number(compose.services.gateway.ports[0]!.split(':')[2]),
    probes: [/:\d+(\/\w+)/.exec(compose.services.gateway.healthcheck.test.at(-1)!)![1]!],
    grace: Number.parseInt(compose.services.gateway.stop_grace_period),
  },
  fly: {
    command: inImage(),
    port: fly.http_service.internal_port,
    probes: fly.http_service.checks.map(({ path }) => path),
    grace: Number.parseInt(fly.kill_timeout),
  },
  'cloud run': {
    command: inImage(runContainer.args),
    port: runContainer.ports[0]!.containerPort,
    probes: [runContainer.startupProbe!, runContainer.livenessProbe].map(pathOf),
    // https://cloud.google.com/run/docs/container-contract#instance-shutdown
    grace: 10,
  },
  kubernetes: {
    command: inImage(podContainer.args),
    port: podContainer.ports[0]!.containerPort,
    probes: [podContainer.readinessProbe!, podContainer.livenessProbe].map(pathOf),
    grace: pod.terminationGracePeriodSeconds - podContainer.lifecycle!.preStop.sleep.seconds,
  },
  heroku: {
    command: words(procfile.replace(/^web: /, '')),
    probes: [],
    // https://devcenter.heroku.com/articles/dyno-shutdown-behavior
    grace: 30,
  },
  railway: {
    command: words(/exec (.+)'$/.exec(railway.startCommand)![1]!),
    probes: [railway.healthcheckPath],
    grace: railway.drainingSeconds,
  },
}

const valueOf = (command: Command, flag: string) => {
  const at = command.indexOf(flag)
  return at === -1 ? undefined : command[at + 1]
}

describe.each(Object.entries(platforms))('on %s', (_, { command, port, probes, grace }) => {
  test('it listens where requests are sent to, for all who reach it', () => {
    expect(valueOf(command, '--port')).toBe(port === undefined ? '$PORT' : String(port))
    expect(valueOf(command, '--host')).toBe('0.0.0.0')
  })

  test('there is time for answers to come to their end', () => {
    expect(grace).toBeGreaterThanOrEqual(Number(valueOf(command, '--drain') ?? 10) + END)
  })

  test('the command starts a correct custom LLM, which answers its probes and ends', async () => {
    await using model = await startServer({ warm: true })
    const { origin, stop } = await deployedGateway(command, model.url)
    for (const probe of probes) expect((await fetch(origin + probe)).status, probe).toBe(200)
    const report = await check({
      url: `${origin}/v1`,
      apiKey: CALLER_KEY,
      quick: true,
      skip: ['latency'],
    })
    expect(failuresOf(report)).toEqual([])
    expect(report.verdict).toBe('pass')
    expect(await stop()).toBe(0)
  })
})

test.each(['docker/Dockerfile', 'heroku/package.json', 'railway/package.json'])(
  '%s installs this version',
  (path) => {
    expect(read(path)).toMatch(
      new RegExp(`${TOOL.name}(?:@|": ")${TOOL.version.replaceAll('.', '\\.')}\\b`),
    )
  },
)

test('the image runs the command of the package, as nobody special', () => {
  const { bin: bins } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect([node, bin]).toEqual(['node', BIN])
  expect(BIN.endsWith(bins.soundcheck.replace('./', '/'))).toBe(true)
  expect(dockerfile['USER']).toBe('node')
})

test('who starts compose must give both keys, and Prometheus gets that of the gateway', () => {
  const { environment } = compose.services.gateway
  for (const name of SECRETS) expect(environment[name]).toBe(`\${${name}:?}`)
  const [secret = ''] = compose.services.prometheus.secrets
  expect(compose.secrets[secret]).toEqual({ environment: 'SOUNDCHECK_API_KEY' })
  const scraping = parseYaml(read('prometheus/prometheus.yml'))
  const [job] = scraping.scrape_configs
  expect(job.authorization).toEqual({ credentials_file: `/run/secrets/${secret}` })
  expect(job.static_configs).toEqual([
    { targets: [`gateway:${platforms['docker compose']!.port}`] },
  ])
})

test('metrics are for who has the key of the gateway', async () => {
  await using model = await startServer({ warm: true })
  const { origin } = await deployedGateway(inImage(), model.url)
  const bearing = (key: string) =>
    fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${key}` } })
  expect((await bearing('sk-other')).status).toBe(401)
  expect(await (await bearing(CALLER_KEY)).text()).toContain('soundcheck_gateway_requests_total')
})

test('Heroku makes the key of the gateway up', () => {
  expect(Object.keys(app.env)).toEqual(SECRETS)
  expect(app.env['SOUNDCHECK_API_KEY']).toMatchObject({ generator: 'secret' })
})

test('Fly keeps a machine awake, and ends it as others do', () => {
  expect(fly.http_service.auto_stop_machines).toBe('off')
  expect(fly.kill_signal).toBe('SIGTERM')
})

test('Cloud Run keeps an instance awake, and lets answers take their time', () => {
  const { annotations } = cloudRun.spec.template.metadata
  expect(annotations['autoscaling.knative.dev/minScale']).toBe('1')
  expect(instance.timeoutSeconds).toBeGreaterThan(60)
})

describe('Kubernetes', () => {
  test('accepts the deployment and the service', () => {
    expect(() => new Deployment(deployment as never).validate()).not.toThrow()
    expect(() => new Service(service as never).validate()).not.toThrow()
    const broken = structuredClone(deployment) as { spec: { replicas?: unknown } }
    broken.spec.replicas = 'two'
    expect(() => new Deployment(broken as never).validate()).toThrow()
  })

  test('accepts the containers of Cloud Run, too', () => {
    const { containers } = instance
    const asPod = { metadata: { name: 'any' }, spec: { containers } }
    expect(() => new Pod(asPod as never).validate()).not.toThrow()
  })

  test('sends what comes to the service to the port of the pods', () => {
    expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels)
    expect(service.spec.ports).toEqual([{ port: 80, targetPort: podContainer.ports[0]!.name }])
  })
})

test.each([
  ['Cloud Run', runContainer],
  ['Kubernetes', podContainer],
])('%s has both keys from its secrets', (_, { env }) => {
  expect(env.map(({ name }) => name)).toEqual(SECRETS)
  for (const { valueFrom } of env) expect(valueFrom).toHaveProperty('secretKeyRef.key')
})
